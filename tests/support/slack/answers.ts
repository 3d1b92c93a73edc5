/** What Slack says over HTTP. */

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text when it is a string. */
  readonly body?: unknown;
}

/** An answer, or what becomes of the connection: `cut` closes it, `reset` breaks it. */
export type Outcome = Answer | 'cut' | 'reset';

/** What is wrong with a body, and where. */
export interface Flaw {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The error that Slack answers; `invalid_blocks` (of a view: `invalid_arguments`) when left out, none when null: only this project minds. */
  readonly error?: string | null;
}

/** Thrown to answer a request with one of Slack's errors. */
export class Refusal extends Error {
  readonly more: object;

  constructor(code: string, more: object = {}) {
    super(code);
    this.more = more;
  }

  get answer(): Answer {
    return { status: 200, body: { ok: false, error: this.message, ...this.more } };
  }
}

export const ok = (body: object = {}): Answer => ({ status: 200, body: { ok: true, ...body } });

/** 429 with seconds to wait, or with none when null. */
export function limitedAnswer(waitMs: number | null): Answer {
  const headers = waitMs === null ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1_000))) };
  return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
}

export function describe({ path, message }: Flaw): string {
  return path.length === 0 ? message : `${message} [json-pointer:/${path.map(String).join('/')}]`;
}

/** The first error that Slack itself would answer with; null when it would take the body. */
export function refusalOf(flaws: readonly Flaw[], fallback: string): Refusal | null {
  const heard = flaws.filter(({ error }) => error !== null);
  const [first] = heard;
  if (first === undefined) return null;
  const error = first.error ?? fallback;
  if (error !== fallback) return new Refusal(error);
  const errors = heard.map(describe);
  const messages = errors.map((text) => `[ERROR] ${text}`);
  return new Refusal(error, { ...(error === 'invalid_blocks' ? { errors } : {}), response_metadata: { messages } });
}
