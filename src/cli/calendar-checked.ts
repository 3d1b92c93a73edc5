import { stringify } from 'yaml';
import type { z } from 'zod';
import { effectiveCalendar } from '../calendar/effective.ts';
import { dateTextOf, factAt, isThere, ownerOf, placeName, readPlace } from '../calendar/fact-place.ts';
import { LOOKED_FILE, type LookedFile, lookedFile } from '../calendar/looked.ts';
import { applyFiles } from '../calendar/take-up.ts';
import { parseYamlFile } from '../calendar/yaml-file.ts';
import { UserError } from '../commands/user-error.ts';
import { derivePicture } from '../domain/calendar/derive.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { dayOf, GENEVA } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import { inRoom } from './calendar-room.ts';
import type { Io } from './io.ts';
import type { checkedJson } from './output.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly source: string;
  /** Whether the thing due was there; left out where nothing is due. */
  readonly seen?: boolean;
}

type Entry = LookedFile['looked'][number];

/** Writes down that somebody looked today and found what the calendar says; nothing changes but the day of the look. */
export async function recordLooks(io: Io, names: readonly string[], options: Options): Promise<void> {
  await inRoom(io, { ...options, looking: false }, async ({ store, home, now }) => {
    const { facts } = await effectiveCalendar(home, store);
    if (!facts.sources.has(options.source)) throw new UserError(`"${options.source.slice(0, 60)}" is not a source; give an id of sources.yaml.`);
    const on = dayOf(now, GENEVA);
    const entries = names.map((name) => entryOf(name, facts, { on, ...options }));
    await applyFiles(store, { home, files: [await appended(store, entries, on)], now, approved: false });
    const looked = entries.map(({ fact, date, source, seen }) => ({ fact, date, source, seen: seen ?? null }));
    const answer: z.infer<typeof checkedJson> = { on, looked };
    if (options.json) io.write(`${JSON.stringify(answer, null, 2)}\n`);
    else for (const { fact, date, seen } of looked) io.write(`${fact}  ${date}, checked ${on}${seen === null ? '' : seen ? '; seen' : '; not seen'}\n`);
  });
}

function entryOf(name: string, facts: CalendarFacts, { on, source, seen }: Pick<Options, 'source' | 'seen'> & { readonly on: string }): Entry {
  const named = readPlace(name);
  if (named === null || !isThere(facts, named))
    throw new UserError(`"${name.slice(0, 60)}" is not a fact of the calendar; write one such as 54-KEN-national_report, 54-presession, session-54 or hrc65.`);
  const place = ownerOf(facts, named);
  const fact = factAt(facts, place);
  const shown = derivePicture(facts).deadlines.get(placeName(named));
  if (fact === null && shown?.basis.by === 'rule')
    throw new UserError(`${name} is computed from the days of the ${shown.basis.anchor}; look at those, and record that.`);
  const time = fact?.when.time ?? null;
  const date = fact === null ? 'unknown' : dateTextOf(fact.when);
  return { fact: placeName(place), on, date, ...(time === null ? {} : { time }), source, ...(seen === undefined ? {} : { seen }) };
}

/** The file of looks with some more. A look without "seen" is of use until the next one at the same fact. */
async function appended(store: Store, entries: readonly Entry[], on: string) {
  const before = (await store.calendar.files('operator')).find(({ file }) => file === LOOKED_FILE);
  const parsed = before === undefined ? null : parseYamlFile(LOOKED_FILE, before.body, lookedFile);
  const old = parsed !== null && 'value' in parsed ? parsed.value.looked : [];
  const again = new Set(entries.map(({ fact }) => fact));
  const looked = [...old.filter(({ fact, seen }) => seen !== undefined || !again.has(fact)), ...entries];
  return { file: LOOKED_FILE, text: stringify({ version: (before?.version ?? 0) + 1, checked: on, looked }, { lineWidth: 0 }) };
}
