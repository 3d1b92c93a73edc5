/** What teams corrected in their chats, as operator's files: who corrected it is not in them. */
import { createHash } from 'node:crypto';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Correction } from '../domain/calendar/team.ts';
import type { Day } from '../domain/time.ts';
import { dateTextOf } from './fact-place.ts';
import { type Proposal, propose } from './import/propose.ts';
import type { ImportedFact } from './import/read-rows.ts';
import type { CalendarText } from './load.ts';
import type { OperatorFile } from './schema.ts';

interface Over {
  readonly facts: CalendarFacts;
  /** The operator's files in force. */
  readonly applied: readonly CalendarText[];
  readonly today: Day;
}

/** One file a session. Where two teams differ, both values are kept, as for any import. */
export function correctionFiles(corrections: readonly Correction[], { facts, applied, today }: Over): Proposal {
  const ids = new Map([...facts.sources.values()].filter(({ byTeam }) => byTeam === undefined).map(({ id, url }) => [url, id]));
  const idOf = ({ source }: Correction) => ids.get(source.url) ?? newId(source.url);
  const dates = corrections.map((correction, line): ImportedFact => {
    const { session, state, kind, when, certainty, note, made } = correction;
    const input = {
      ...{ date: dateTextOf(when), certainty, source: [idOf(correction)], checked: made, known: made },
      ...(when.time === null ? {} : { time: when.time, zone: when.zone }),
      ...(note === null ? {} : { note }),
    };
    return { line, place: { session, state, kind }, input };
  });
  const fresh = corrections.filter(({ source }) => !ids.has(source.url));
  const rest = [...Map.groupBy(fresh, ({ session }) => session)].map(([session, named]): OperatorFile => {
    const sources = named.map(({ source }) => [newId(source.url), { url: source.url, class: source.class, says: source.says }]);
    return { session, version: 0, checked: today, sources: Object.fromEntries(sources) };
  });
  return propose({ dates, rest, applied, facts, today, by: 'calendar export-corrections' });
}

/** The same page has the same id. */
function newId(url: string): string {
  const host = new URL(url).hostname.replace(/^www\./, '').replace(/[^a-z0-9]+/g, '_');
  return `${host}_${createHash('sha256').update(url).digest('hex').slice(0, 6)}`;
}
