import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { effectiveCalendar } from '../calendar/effective.ts';
import { type Conflict, propose } from '../calendar/import/propose.ts';
import type { Remark } from '../calendar/import/raw-row.ts';
import { type ReadImport, readImport } from '../calendar/import/read-import.ts';
import { CalendarError, type CalendarText, loadOperatorFile } from '../calendar/load.ts';
import { type Preview, previewFiles } from '../calendar/preview.ts';
import { readBytes } from '../calendar/text-file.ts';
import { UserError } from '../commands/user-error.ts';
import type { Certainty } from '../domain/calendar/certainty.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { type Day, dayOf, GENEVA } from '../domain/time.ts';
import { previewToJson, writePreview } from './calendar-effect.ts';
import { inRoom, type Room } from './calendar-room.ts';
import type { Io } from './io.ts';
import { type Progress, showProgress } from './progress.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly out?: string;
  readonly source?: string;
  readonly certainty?: Certainty;
  readonly skipFaulty: boolean;
}

/** What an import came to. With faults there are no files, unless the rest was asked for. */
interface Imported {
  readonly files: readonly CalendarText[];
  readonly conflicts: readonly Conflict[];
  readonly same: number;
  readonly faults: readonly Remark[];
  readonly passedOver: readonly Remark[];
  readonly preview: Preview | null;
}

/** Exit code of files with faults, as for the calendar's own. */
const FAULTS = 3;

/** Reads a spreadsheet, a calendar export or a file of dates, shows what it would change, and writes it as files for `calendar apply`. */
export async function importPath(io: Io, path: string, options: Options): Promise<void> {
  const file = basename(path);
  const read = await readBytes(path);
  if ('fault' in read) throw new UserError(`${path} ${read.fault}.`);
  await inRoom(io, { ...options, looking: true }, async (room) => {
    const { facts } = await effectiveCalendar(room.home, room.store);
    const given = { source: options.source ?? null, certainty: options.certainty ?? null };
    const imported = await work(room, readImport({ file, bytes: read.bytes }, { facts, ...given }), { facts, skip: options.skipFaulty, io });
    const written = imported.files.length > 0 && options.out !== undefined ? await writeAll(options.out, imported.files) : [];
    if (options.json) io.write(`${JSON.stringify(await toJson(imported, written, room), null, 2)}\n`);
    else await tell(io, { imported, written, file }, room);
    if (imported.faults.length > 0) io.fail(FAULTS);
  });
}

async function work(
  room: Room,
  read: ReadImport,
  { facts, skip, io }: { readonly facts: CalendarFacts; readonly skip: boolean; readonly io: Io },
): Promise<Imported> {
  const { store, home, now } = room;
  const today = dayOf(now, GENEVA);
  const applied = (await store.calendar.files('operator')).map(({ file, body }) => ({ file, text: body }));
  const proposal = (dates: ReadImport['dates']) => propose({ dates, rest: read.rest, applied, facts, today });
  const progress = showProgress(io, 'Dates looked at');
  const wrong = unfit(read, { facts, today, progress: progress.at });
  progress.end();
  const faults = [...read.faults, ...wrong.map(({ line, message }) => ({ line, message }))].sort((a, b) => a.line - b.line);
  const { passedOver } = read;
  const dates = read.dates.filter((date) => !wrong.some((fault) => fault.of === date));
  if ((faults.length > 0 && !skip) || dates.length + read.rest.length === 0) return { files: [], conflicts: [], same: 0, faults, passedOver, preview: null };
  const { files, conflicts, same } = proposal(dates);
  try {
    return { files, conflicts, same, faults, passedOver, preview: await previewFiles(store, { home, files }, now) };
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    const together = cause.faults.map(({ message }) => ({ line: 0, message }));
    return { files: [], conflicts: [], same: 0, faults: [...faults, ...together], passedOver, preview: null };
  }
}

/** Dates that cannot be true of the calendar, each looked at alone where some of all is not. */
function unfit(
  { dates, rest }: ReadImport,
  { facts, today, progress }: { readonly facts: CalendarFacts; readonly today: Day; readonly progress: Progress['at'] },
): readonly (Remark & { readonly of: ReadImport['dates'][number] | null })[] {
  const faultsOf = (some: ReadImport['dates']): readonly string[] => {
    try {
      for (const file of propose({ dates: some, rest, applied: [], facts, today }).files) loadOperatorFile(file, facts);
      return [];
    } catch (cause) {
      if (!(cause instanceof CalendarError)) throw cause;
      return cause.faults.map(({ message }) => message);
    }
  };
  const all = faultsOf(dates);
  if (all.length === 0) return [];
  const each = dates.flatMap((date, index) => {
    progress(index, dates.length);
    return faultsOf([date]).map((message) => ({ line: date.line, message, of: date }));
  });
  return each.length > 0 ? each : all.map((message) => ({ line: 0, message, of: null }));
}

/** All or none; a file that is there already stays as it is. */
export async function writeAll(folder: string, files: readonly CalendarText[]): Promise<readonly string[]> {
  const paths = files.map(({ file, text }) => ({ path: join(folder, file), text }));
  const there = paths.find(({ path }) => existsSync(path));
  if (there !== undefined) throw new UserError(`${there.path} is there already; give another folder with --out. Nothing was written.`);
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  try {
    for (const { path, text } of paths) await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    for (const { path } of paths) await rm(path, { force: true }).catch(() => undefined);
    throw new UserError(`${folder} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}). Nothing was written.`);
  }
  return paths.map(({ path }) => path);
}

async function toJson({ files, conflicts, same, faults, passedOver, preview }: Imported, written: readonly string[], { voice }: Room) {
  const effect = preview === null ? null : previewToJson(preview, await voice(preview.facts));
  return { written, files, conflicts, same, faults, passedOver, preview: effect };
}

interface Telling {
  readonly imported: Imported;
  readonly written: readonly string[];
  readonly file: string;
}

async function tell(io: Io, { imported, written, file }: Telling, { voice }: Room): Promise<void> {
  const { faults, passedOver, conflicts, same, files, preview } = imported;
  const place = (line: number) => (line === 0 ? file : `${file}:${line}`);
  for (const { line, message } of faults) io.write(`${place(line)}: ${message}\n`);
  for (const { line, message } of passedOver) io.write(`passed over  ${place(line)}: ${message}\n`);
  if (same > 0) io.write(`${same} ${same === 1 ? 'date is' : 'dates are'} in the calendar already, just so.\n`);
  const value = ({ date, source }: Conflict['drives']) => `${date} (${source.join(', ')})`;
  for (const { fact, drives, beside } of conflicts) io.write(`two values  ${fact}: ${value(drives)} drives, ${value(beside)} is kept beside it\n`);
  if (preview !== null && files.length > 0) writePreview(io, preview, await voice(preview.facts));
  if (files.length === 0)
    io.write(faults.length > 0 ? 'Nothing was proposed: mend these, or leave them out with --skip-faulty.\n' : 'There is nothing to propose.\n');
  else if (written.length === 0) io.write('\nNothing was written; add --out <folder> for files that `calendar apply` takes.\n');
  else io.write(`\nWritten: ${written.join(', ')}. To go on: upr-watch calendar apply ${written.join(' ')}\n`);
}
