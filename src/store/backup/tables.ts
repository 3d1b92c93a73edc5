import type { Database } from '../tables.ts';

/** What a backup holds, in an order in which every row comes after those that it refers to. */
const KEPT = [
  ...['meta', 'calendar_files', 'revisions', 'changes', 'deadlines', 'reviews', 'corrections', 'team_deadlines', 'team_reviews', 'heard_apart'],
  ...['profiles', 'channels', 'installations', 'secrets', 'subscriptions', 'follows', 'fanouts', 'deliveries', 'alerts', 'wakeups'],
  ...['feed_links', 'responses', 'tasks', 'cards', 'team_log', 'bridges'],
] as const satisfies readonly (keyof Database)[];

/** Who holds what is true of processes that run, and of no other time. */
const LEFT_OUT = ['leases'] as const satisfies readonly (keyof Database)[];

type Kept = (typeof KEPT)[number];

export const KEPT_TABLES: readonly Kept[] = KEPT;
/** Every table there is; children before parents. */
export const ALL_TABLES: readonly (keyof Database)[] = [...LEFT_OUT, ...[...KEPT].reverse()];

export function isKept(table: string): table is Kept {
  return KEPT.some((name) => name === table);
}

/** A row of `meta` that the tables say themselves. */
export const SCHEMA_KEY = 'schema';
