import { correctionFiles } from '../calendar/corrections-file.ts';
import { effectiveCalendar } from '../calendar/effective.ts';
import { type CalendarText, loadOperatorFile } from '../calendar/load.ts';
import { UserError } from '../commands/user-error.ts';
import { dayOf, GENEVA } from '../domain/time.ts';
import type { Place } from '../store/store.ts';
import { writeAll } from './calendar-import.ts';
import { inRoom } from './calendar-room.ts';
import type { Io } from './io.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly installation?: string;
  readonly out?: string;
}

/** What teams corrected, as files that `calendar preview` and `apply` take. @throws CalendarError when one does not fit the calendar any more. */
export async function exportCorrections(io: Io, options: Options): Promise<void> {
  await inRoom(io, { ...options, looking: true }, async ({ store, home, now }) => {
    const all = await store.ownDates.corrections();
    const wanted = all.filter(({ place }) => options.installation === undefined || isCalled(place, options.installation));
    if (options.installation !== undefined && wanted.length === 0)
      throw new UserError(`Nothing is corrected in ${options.installation}. Corrections are there of: ${namesOf(all.map(({ place }) => place))}.`);
    const { facts } = await effectiveCalendar(home, store);
    const applied = (await store.calendar.files('operator')).map(({ file, body }) => ({ file, text: body }));
    const corrections = wanted.map(({ correction }) => correction);
    const { files } = correctionFiles(corrections, { facts, applied, today: dayOf(now, GENEVA) });
    for (const file of files) loadOperatorFile(file, facts);
    const written = options.out === undefined || files.length === 0 ? [] : await writeAll(options.out, files);
    if (options.json) return io.write(`${JSON.stringify({ corrections: corrections.length, files, written }, null, 2)}\n`);
    io.write(written.length > 0 ? `Written: ${written.join(', ')}. To go on: upr-watch calendar preview ${written.join(' ')}\n` : printed(files));
  });
}

/** One file as it is; several each under its name. */
function printed(files: readonly CalendarText[]): string {
  if (files.length === 0) return '# Nothing is corrected in a chat that the calendar does not say already.\n';
  if (files.length === 1) return files[0]?.text ?? '';
  return files.map(({ file, text }) => `# ${file}\n${text}`).join('---\n');
}

function isCalled({ platform, id }: Place, name: string): boolean {
  return name === id || name === `${platform}/${id}`;
}

function namesOf(places: readonly Place[]): string {
  const names = new Set(places.map(({ platform, id }) => `${platform}/${id}`));
  return names.size === 0 ? 'no installation' : [...names].join(', ');
}
