import type { z } from 'zod';
import { effectiveCalendar } from '../calendar/effective.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { type StaleFact, staleFacts } from '../domain/calendar/stale.ts';
import { toIso } from '../domain/time.ts';
import type { Words } from '../message/words.ts';
import { inRoom } from './calendar-room.ts';
import type { Io } from './io.ts';
import type { staleJson } from './output.ts';
import { dueText, sourcesJson } from './to-json.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly at?: number;
}

/** What nobody has looked at for too long, the most urgent first, with where to look. */
export async function listStale(io: Io, options: Options): Promise<void> {
  await inRoom(io, { ...options, looking: true }, async ({ store, home, now, voice }) => {
    const at = options.at ?? now;
    const { facts } = await effectiveCalendar(home, store);
    const { words } = await voice(facts);
    const stale = staleFacts(facts, at).map((fact) => toJson(fact, facts, words));
    if (options.json) return io.write(`${JSON.stringify({ at: toIso(at), stale }, null, 2)}\n`);
    io.write(stale.length === 0 ? 'Everything was checked lately.\n' : stale.map(toText).join(''));
  });
}

type StaleJson = z.infer<typeof staleJson>['stale'][number];

function toJson(fact: StaleFact, facts: CalendarFacts, words: Words): StaleJson {
  const { id, kind, session, council, state, when, checked, unseen, source, place } = fact;
  const found = facts.places.get(place);
  return {
    ...{ fact: id, kind, session, council, state, checked, unseenDays: unseen },
    name: kind === 'session' ? 'days of the session' : words(`kind.${kind}`),
    due: dueText(when),
    source: sourcesJson(source, facts),
    whereToLook: found === undefined ? null : { url: found.url, publishes: found.publishes },
  };
}

function toText({ fact, name, due, checked, unseenDays, source, whereToLook }: StaleJson): string {
  const links = [...new Set([...source.map(({ url }) => url), ...(whereToLook === null ? [] : [whereToLook.url])])];
  return [`${fact}  ${name}: ${due ?? 'not published'}; checked ${checked}, ${unseenDays} days ago`, ...links.map((link) => `    ${link}`), ''].join('\n');
}
