/** What may be meant while somebody still types. */
import type { Choice, CompleteRequest } from '../adapters/adapter.ts';
import { type Ask, askOf, type CommandDeps } from './asked.ts';
import { followsOf } from './following.ts';
import { type Candidate, candidate, ranked } from './match.ts';
import { clip } from './quote.ts';
import { clearableIn, clocksFor, digestDaysIn, laddersIn, languagesIn, spansFor, switchIn, untilsFor, zonesFor } from './setting-things.ts';
import { COMMANDS, type CommandSpec, type OptionKind } from './spec.ts';
import { formatsIn, lengthKindsIn, viewsIn } from './team/choices.ts';
import { plansIn, tasksIn, templatesIn } from './team/read-plan.ts';
import {
  audiencesIn,
  certaintiesIn,
  cyclesIn,
  deadlinesIn,
  kindsIn,
  presetsIn,
  regionsIn,
  sessionsIn,
  showsIn,
  statesIn,
  subscriptionsIn,
  termsIn,
} from './things.ts';
import { allChoice } from './unfollow.ts';

/** Discord shows 25 choices of 100 characters. */
const MOST = 25;
const LONGEST = 100;

export const CANDIDATES: Readonly<Record<OptionKind, (ask: Ask, typed: string) => readonly Candidate[] | Promise<readonly Candidate[]>>> = {
  state: ({ facts, words }) => statesIn(facts, words),
  region: ({ words }) => regionsIn(words),
  session: ({ facts, words }) => sessionsIn(facts, words),
  cycle: ({ facts, words }) => cyclesIn(facts, words),
  'deadline-kind': ({ words }) => kindsIn(words),
  deadline: deadlinesIn,
  term: ({ words }) => termsIn(words),
  preset: ({ words }) => presetsIn(words),
  audience: ({ words }) => audiencesIn(words),
  count: () => ['5', '10', '20', '50'].map((count) => candidate(count, count)),
  subscription: async (ask) => {
    const follows = await followsOf(ask);
    return [...subscriptionsIn(follows, ask), ...(follows.length > 1 ? [allChoice(ask)] : [])];
  },
  zone: zonesFor,
  language: ({ deps, words }) => languagesIn(deps.locales, words),
  clock: (_ask, typed) => clocksFor(typed),
  'quiet-hours': spansFor,
  ladder: laddersIn,
  weekday: ({ words }) => digestDaysIn(words),
  role: () => [],
  member: () => [],
  switch: ({ words }) => switchIn(words),
  clear: ({ words }) => clearableIn(words),
  until: untilsFor,
  date: () => [],
  certainty: ({ words }) => certaintiesIn(words),
  link: () => [],
  shows: ({ words }) => showsIn(words),
  text: () => [],
  plan: plansIn,
  task: tasksIn,
  template: templatesIn,
  'export-format': ({ words }) => formatsIn(words),
  'board-view': ({ words }) => viewsIn(words),
  'length-kind': ({ words }) => lengthKindsIn(words),
  amount: () => [],
  day: () => [],
};

/** At most 25 choices, the nearest first; none for an option that there is not. */
export async function choicesFor(deps: CommandDeps, request: CompleteRequest, commands: readonly CommandSpec[] = COMMANDS): Promise<readonly Choice[]> {
  const option = commands.find(({ name }) => name === request.command)?.options.find(({ name }) => name === request.option);
  if (option === undefined) return [];
  const ask = await askOf(deps, request, { options: {}, audience: 'asker' });
  const found = ranked(request.typed, await CANDIDATES[option.kind](ask, request.typed));
  return found.slice(0, MOST).map(({ label, value }) => ({ label: clip(label, LONGEST), value }));
}
