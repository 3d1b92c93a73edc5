import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { adoptCalendar, type CalendarHome, effectiveCalendar } from '../calendar/effective.ts';
import { loadOperatorFile } from '../calendar/load.ts';
import { revise } from '../calendar/revise.ts';
import { UserError } from '../commands/user-error.ts';
import type { Store, StoredChange } from '../store/store.ts';
import type { Io } from './io.ts';
import { withStore } from './with-store.ts';

/** Lays an operator's file over the calendar, all or nothing, and says what changed and what channels will hear. */
export async function applyFile(io: Io, path: string, options: { readonly config: string; readonly json: boolean }): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UserError(`${path} cannot be read; give the path of a YAML file.`);
  });
  await withStore(io, options.config, async (store, config) => {
    const home = { folder: join(config.folder, 'calendar'), data: config.data };
    const changes = await applyText(store, { file: basename(path), text, home, now: io.clock.now() });
    io.write(options.json ? `${JSON.stringify(toJson(changes), null, 2)}\n` : toText(changes, basename(path)));
  });
}

interface Applied {
  readonly file: string;
  readonly text: string;
  readonly home: CalendarHome;
  readonly now: number;
}

async function applyText(store: Store, { file, text, home, now }: Applied): Promise<readonly StoredChange[]> {
  const { facts, fingerprint } = await adoptCalendar(home, store, now);
  await revise(store, facts, { now, reason: 'the calendar files before an operator applied theirs', fingerprint });
  const { version } = loadOperatorFile({ file, text }, facts);
  const before = (await store.calendar.files('operator')).find((entry) => entry.file === file);
  if (before !== undefined && before.version > version) {
    throw new UserError(`${file} has version ${version}, but version ${before.version} was applied already; raise \`version\` to go on.`);
  }
  return store.transaction(async (trx) => {
    await trx.calendar.putFiles([{ layer: 'operator', file, version, body: text }], now);
    const { facts: inForce } = await effectiveCalendar(home, trx);
    const made = await revise(trx, inForce, { now, reason: `the operator applied ${file}` });
    return made === null ? [] : trx.calendar.changesOf(made.revision.id);
  });
}

function about({ change }: StoredChange): string {
  return change.about === 'review' ? change.review.id : ((change.after ?? change.before)?.id ?? '');
}

function whatOf({ change }: StoredChange): string {
  return change.about === 'review' ? change.event.what : change.what;
}

function toJson(changes: readonly StoredChange[]) {
  return { revision: changes[0]?.revision ?? null, changes: changes.map((stored) => ({ what: whatOf(stored), about: about(stored), posted: stored.posted })) };
}

function toText(changes: readonly StoredChange[], file: string): string {
  if (changes.length === 0) return `${file} says nothing that the calendar did not say already.\n`;
  const posted = changes.filter((stored) => stored.posted);
  const lines = changes.map((stored) => `  ${stored.posted ? 'posted' : 'logged'}  ${whatOf(stored)}  ${about(stored)}`);
  return [`Applied ${file}: ${changes.length} changes, of which followers hear ${posted.length}.`, ...lines, ''].join('\n');
}
