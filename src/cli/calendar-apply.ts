import { isFeedName } from '../calendar/feed/take.ts';
import { type Applied, applyFiles, OlderVersionError, takeUp } from '../calendar/take-up.ts';
import { type Waiting, waitingRevisions } from '../calendar/waiting.ts';
import { UserError } from '../commands/user-error.ts';
import type { StoredChange } from '../store/store.ts';
import { audienceText, changeLines, changeToJson, countsText, WAITS, waitingToJson, waitsText, writePreview } from './calendar-effect.ts';
import { approveFeed } from './calendar-feed.ts';
import { inRoom, type Room, readFiles } from './calendar-room.ts';
import type { Io } from './io.ts';

type Applying = Parameters<typeof applyFiles>[1]['files'];

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly yes?: boolean;
}

/** Lays an operator's files over the calendar, all or nothing, and says what changed and what channels will hear. */
export async function applyPaths(io: Io, paths: readonly string[], options: Options): Promise<void> {
  const files = await readFiles(paths);
  await inRoom(io, { ...options, looking: false }, async (room) => {
    const applied = await apply(room, files, options.yes ?? false);
    const names = files.map(({ file }) => file).join(', ');
    if (options.json) io.write(`${JSON.stringify(toJson(applied), null, 2)}\n`);
    else await tell(io, room, applied, names);
    if (applied.waiting !== null) io.fail(WAITS);
  });
}

async function apply({ store, home, now }: Room, files: Applying, approved: string | boolean): Promise<Applied> {
  try {
    return await applyFiles(store, { home, files, now, approved });
  } catch (cause) {
    throw cause instanceof OlderVersionError ? new UserError(cause.message) : cause;
  }
}

/** Carries out what waited, if it still does what it did when it was put off; else shows what it would do now. Without an id: what waits. */
export async function approve(io: Io, id: string | undefined, options: Options): Promise<void> {
  await inRoom(io, { ...options, looking: id === undefined }, async (room) => {
    const waiting = await waitingRevisions(room.store);
    if (id === undefined) return list(io, waiting, options);
    const asked = waiting.find((one) => one.id === id);
    if (asked === undefined) throw new UserError(`No revision waits under "${id.slice(0, 40)}"; \`upr-watch calendar approve\` lists those that do.`);
    const applied = await approveWaiting(room, asked);
    const left = await waitingRevisions(room.store);
    const names = asked.files.length === 0 ? 'the calendar files' : asked.files.map(({ file }) => file).join(', ');
    if (options.json) io.write(`${JSON.stringify({ applied: toJson(applied), waiting: left.map(waitingToJson) }, null, 2)}\n`);
    else {
      if (applied.waiting !== null) io.write('The calendar changed since. This is what it would do now.\n');
      await tell(io, room, applied, names);
    }
    if (applied.waiting !== null) io.fail(WAITS);
  });
}

async function approveWaiting(room: Room, { id, files }: Waiting): Promise<Applied> {
  const [first] = files;
  if (first === undefined) return approveShipped(room, id);
  return isFeedName(first.file) ? approveFeed(room, first, id) : apply(room, files, id);
}

async function approveShipped({ store, home, now }: Room, id: string): Promise<Applied> {
  const before = await store.calendar.latestOfAll();
  const { waiting, preview, facts } = await takeUp(store, home, { now, reason: 'the operator approved the calendar files', approved: id });
  const after = await store.calendar.latestOfAll();
  const changes = after === null || after.id === before?.id ? [] : await store.calendar.changesOf(after.id);
  return { waiting, changes, preview: preview ?? { facts, changes: [], heard: [], channels: 0, withdrawn: 0 } };
}

function list(io: Io, waiting: readonly Waiting[], { json }: Options): void {
  if (json) io.write(`${JSON.stringify({ applied: null, waiting: waiting.map(waitingToJson) }, null, 2)}\n`);
  else if (waiting.length === 0) io.write('Nothing waits for an approval.\n');
  for (const one of json ? [] : waiting) {
    const { id, since, files, changes, channels, withdrawn } = waitingToJson(one);
    const what = files.length === 0 ? 'the calendar files' : files.join(', ');
    io.write(`${id}  since ${since}  ${what}: ${changes} changes, ${channels} channels, ${withdrawn} dates withdrawn\n`);
  }
}

function toJson({ preview: { channels }, changes, waiting }: Applied) {
  return {
    revision: changes[0]?.revision ?? null,
    changes: changes.map(({ change, posted }) => ({ ...changeToJson(change), posted })),
    ...{ channels, messages: channels },
    waiting: waiting === null ? null : waitingToJson(waiting),
  };
}

async function tell(io: Io, room: Room, { preview, changes, waiting }: Applied, names: string): Promise<void> {
  if (waiting !== null) {
    writePreview(io, preview, await room.voice(preview.facts));
    io.write(`\n${waitsText(waiting)}`);
  } else io.write(toText(changes, names, preview.channels));
}

function toText(stored: readonly StoredChange[], names: string, channels: number): string {
  if (stored.length === 0) return `${names} says nothing that the calendar did not say already.\n`;
  const changes = stored.map(({ change }) => change);
  return [
    `Applied ${names}: ${countsText(changes)}`,
    ...changeLines(changes),
    `${audienceText(channels, 'hear')}${channels === 0 ? '' : ' The running bot posts it.'}`,
    '',
  ].join('\n');
}
