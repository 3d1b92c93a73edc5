/** What alerts about plans carry beside the calendar, as JSON in the store: ids and numbers, no words and nobody's id. */
import { z } from 'zod';
import type { Instant } from '../../domain/time.ts';
import type { Alert, Channel, NewAlert } from '../../store/store.ts';

/** The kind of wakeup that keeps the wrong codes of a side while they count. */
export const WRONG_CODES = 'bridge-tries';

const response = z.string();
const card = z.object({ response });
const history = z.object({ response, event: z.int() });
const nag = z.object({ response, task: z.int(), step: z.enum(['ask-team', 'ask-holder', 'warn-holder', 'hand-back']) });
/** `date`: its date is another; `review`: something happened to the review that it is about. */
const moved = z.object({ response, why: z.enum(['date', 'review']), revision: z.int(), seq: z.int() });

export type NagBody = z.infer<typeof nag>;

type Carrying = Pick<Alert, 'body'>;
const reader =
  <T>(schema: z.ZodType<T>) =>
  ({ body }: Carrying): T =>
    schema.parse(JSON.parse(body ?? ''));

/** These throw on anything that this house did not write. */
export const readHistory = reader(history);
export const readNag = reader(nag);
export const readMoved = reader(moved);
/** Instants of wrong codes. */
export const readTries = reader(z.array(z.int()));

const TEAM_TYPES = ['card', 'history', 'nag', 'plan-moved'] as const;
export type TeamType = (typeof TEAM_TYPES)[number];

/** The plan that an alert is about; null for any other. */
export function planOf({ type, body }: Pick<Alert, 'type' | 'body'>): string | null {
  return isTeamType(type) ? card.parse(JSON.parse(body ?? '')).response : null;
}

export function isTeamType(type: string): type is TeamType {
  return TEAM_TYPES.some((one) => one === type);
}

interface Said {
  readonly type: TeamType;
  /** Once in a channel. */
  readonly onceKey: string;
  readonly body: z.infer<typeof card | typeof history | typeof nag | typeof moved>;
  readonly deadline?: string;
  readonly now: Instant;
  readonly notBefore?: Instant;
}

/** An alert about a plan. None of them is ever too late: what it says is put together when it is said. */
export function teamAlert({ id, lane }: Pick<Channel, 'id' | 'lane'>, { type, onceKey, body, deadline, now, notBefore = now }: Said): NewAlert {
  const undated = { version: 0, whenKey: '', lead: '', revision: null, seq: null };
  const said = { type, onceKey, body: JSON.stringify(body), deadline: deadline ?? null };
  return { ...undated, ...said, channel: id, lane, dueAt: now, grace: Number.MAX_SAFE_INTEGER, notBefore };
}
