import { join } from 'node:path';
import { CalendarError, loadCalendar, readCalendarFolder } from '../calendar/load.ts';
import { CERTAINTIES } from '../domain/calendar/certainty.ts';
import { derivePicture } from '../domain/calendar/derive.ts';
import type { CalendarFacts, DateFact } from '../domain/calendar/facts.ts';
import { readTeamFiles } from '../team-files.ts';
import type { Io } from './io.ts';

/** Counts what the files hold (the plans of teams are looked at with them), or names every fault and sets exit code 3. */
export async function checkFolder(io: Io, options: { readonly config: string; readonly json: boolean }): Promise<void> {
  const folder = join(options.config, 'calendar');
  try {
    const { facts } = loadCalendar(await readCalendarFolder(folder));
    const team = await readTeamFiles(options.config, facts);
    if (team.faults.length > 0) throw new CalendarError(team.faults);
    const counts = countAll(facts);
    io.write(options.json ? `${JSON.stringify({ ...counts, faults: [] }, null, 2)}\n` : `${countsText(counts)}Plans: ${[...team.plans.keys()].join(', ')}.\n`);
  } catch (cause) {
    if (!(cause instanceof CalendarError) || !options.json) throw cause;
    io.write(`${JSON.stringify({ ...NOTHING, faults: cause.faults }, null, 2)}\n`);
    throw new CalendarError(cause.faults);
  }
}

const NOTHING = { states: 0, observers: 0, originalListings: {}, sessions: 0, councilSessions: 0, reviews: 0, sources: 0, dates: {}, facts: {} };

type Counts = ReturnType<typeof countAll>;

export function countAll(facts: CalendarFacts) {
  const states = [...facts.states.values()];
  const sessions = [...facts.sessions.values()];
  const picture = derivePicture(facts);
  return {
    states: states.filter((state) => state.member).length,
    observers: states.filter((state) => !state.member).length,
    originalListings: tally(sessions.flatMap((session) => session.reviews.filter((review) => review.from === null).map(() => String(session.cycle)))),
    sessions: sessions.length,
    councilSessions: facts.councils.size,
    reviews: picture.reviews.size,
    sources: facts.sources.size,
    dates: byCertainty([...picture.deadlines.values()].map((deadline) => deadline.certainty)),
    facts: byCertainty(writtenFacts(facts).map((fact) => fact.certainty)),
  };
}

function writtenFacts(facts: CalendarFacts): readonly DateFact[] {
  const sessions = [...facts.sessions.values()].flatMap((session) => [
    session.dates,
    ...Object.values(session.deadlines),
    ...session.reviews.flatMap((review) => [...(review.review === null ? [] : [review.review]), ...Object.values(review.deadlines)]),
  ]);
  const councils = [...facts.councils.values()].flatMap((council) => [
    council.dates,
    ...(council.adoptions === null ? [] : [council.adoptions]),
    ...Object.values(council.deadlines),
  ]);
  return [...sessions, ...councils];
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function byCertainty(found: readonly string[]): Record<string, number> {
  const counts = tally(found);
  return Object.fromEntries(CERTAINTIES.map((certainty) => [certainty, counts[certainty] ?? 0]));
}

function countsText(counts: Counts): string {
  const list = (record: Record<string, number>) =>
    Object.entries(record)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const listings = Object.entries(counts.originalListings)
    .map(([cycle, count]) => `cycle ${cycle}: ${count} States, each once`)
    .join('; ');
  return [
    'The calendar is sound.',
    `States: ${counts.states} members of the UN and ${counts.observers} observers. Original listings: ${listings}.`,
    `Sessions: ${counts.sessions} of the Working Group with ${counts.reviews} reviews, ${counts.councilSessions} of the Council. Sources: ${counts.sources}.`,
    `Written dates: ${list(counts.facts)}.`,
    `Dates that follow from them: ${list(counts.dates)}.`,
    '',
  ].join('\n');
}
