/**
 * Revisions that wait until somebody approves them. They are kept among the wakeups, the store's table of what waits:
 * few rows, nothing to migrate, and no layer of the calendar that a reader could take for one in force.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Change } from '../domain/calendar/diff.ts';
import { whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { CalendarText } from './load.ts';
import type { Preview } from './preview.ts';

const KIND = 'calendar-approval';

const body = z.object({
  /** The operator's files; none stands for the files that were shipped. */
  files: z.array(z.object({ file: z.string(), text: z.string() })),
  changes: z.number(),
  channels: z.number(),
  withdrawn: z.number(),
});

export interface Waiting extends z.infer<typeof body> {
  /** The same for the same texts and the same changes, and for nothing else. */
  readonly id: string;
  readonly since: Instant;
}

/** Keeps it, in place of an earlier one of the same files. */
export async function letWait(store: Store, files: readonly CalendarText[], preview: Preview, now: Instant): Promise<Waiting> {
  const { changes, channels, withdrawn } = preview;
  const waiting: Waiting = { id: idOf(files, changes), since: now, files: files.map((file) => ({ ...file })), changes: changes.length, channels, withdrawn };
  return store.transaction(async (trx) => {
    const before = await waitingRevisions(trx);
    const same = before.find(({ id }) => id === waiting.id);
    if (same !== undefined) return same;
    for (const other of before) if (sameFiles(other.files, files)) await trx.wakeups.remove(KIND, other.id);
    await trx.wakeups.put({ kind: KIND, subject: waiting.id, dueAt: now, body: JSON.stringify(body.parse(waiting)) });
    return waiting;
  });
}

export async function waitingRevisions(store: Store): Promise<readonly Waiting[]> {
  const kept = await store.wakeups.of(KIND);
  return kept.map(({ subject, dueAt, body: text }) => ({ ...body.parse(JSON.parse(text)), id: subject, since: dueAt }));
}

/** It came into force, or does not matter any more. */
export async function waitNoMore(store: Store, files: readonly CalendarText[]): Promise<void> {
  for (const other of await waitingRevisions(store)) if (sameFiles(other.files, files)) await store.wakeups.remove(KIND, other.id);
}

export function idOf(files: readonly CalendarText[], changes: readonly Change[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of files) hash.update(`${file}\0${text}\0`);
  for (const change of changes) hash.update(`${keyOf(change)}\0`);
  return hash.digest('hex').slice(0, 8);
}

function keyOf(change: Change): string {
  if (change.about === 'review') return [change.review.id, change.what, change.event.what, change.event.on, change.event.to].join('|');
  const sides = [change.before, change.after].map((side) => (side === null ? '' : `${whenKey(side.when)} ${side.certainty} ${side.standing}`));
  return [change.what, (change.after ?? change.before)?.id, ...sides].join('|');
}

function sameFiles(some: readonly CalendarText[], others: readonly CalendarText[]): boolean {
  if (some.length === 0 || others.length === 0) return some.length === others.length;
  return some.some(({ file }) => others.some((other) => other.file === file));
}
