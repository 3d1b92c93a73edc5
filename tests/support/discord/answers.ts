/** What Discord says over HTTP. */

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a page when it is a string. */
  readonly body?: unknown;
}

/** What is wrong with a body, and where. */
export interface Flaw {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Discord's error codes, as far as they are said here, with the status and the words they come with. */
const ERRORS = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10008: [404, 'Unknown Message'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50024: [400, 'Cannot execute action on this channel type'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  160004: [400, 'A thread has already been created for this message'],
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Thrown to answer a request with one of Discord's errors. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly flaws: readonly Flaw[];

  constructor(code: ErrorCode, flaws: readonly Flaw[] = []) {
    super(ERRORS[code][1]);
    this.code = code;
    this.flaws = flaws;
  }

  get answer(): Answer {
    const errors = this.flaws.length === 0 ? {} : { errors: tree(this.flaws) };
    return { status: ERRORS[this.code][0], body: { message: this.message, code: this.code, ...errors } };
  }
}

/** An error by its number alone, as a script orders it. */
export function errorAnswer(code: number): Answer {
  if (code in ERRORS) return new Refusal(code as ErrorCode).answer;
  return { status: Math.floor(code / 1_000) === 10 ? 404 : 400, body: { message: `Error ${code}`, code } };
}

export function limitedAnswer(scope: 'channel' | 'token', waitMs: number | null): Answer {
  const isGlobal = scope === 'token';
  return {
    status: 429,
    headers: {
      ...(waitMs === null ? {} : { 'Retry-After': String(Math.ceil(waitMs / 1_000)), 'X-RateLimit-Reset-After': (waitMs / 1_000).toFixed(3) }),
      'X-RateLimit-Scope': isGlobal ? 'global' : 'user',
      ...(isGlobal ? { 'X-RateLimit-Global': 'true' } : { 'X-RateLimit-Remaining': '0' }),
    },
    body: { message: 'You are being rate limited.', ...(waitMs === null ? {} : { retry_after: waitMs / 1_000 }), global: isGlobal },
  };
}

interface Branch {
  [key: string]: Branch | { code: string; message: string }[];
}

/** Discord nests the flaws as the body is nested. */
function tree(flaws: readonly Flaw[]): Branch {
  const root: Branch = {};
  for (const { path, message } of flaws) {
    let branch = root;
    for (const key of path.map(String)) {
      const next = branch[key];
      const child: Branch = next === undefined || Array.isArray(next) ? {} : next;
      branch[key] = child;
      branch = child;
    }
    const before = branch._errors;
    branch._errors = [...(Array.isArray(before) ? before : []), { code: 'INVALID', message }];
  }
  return root;
}
