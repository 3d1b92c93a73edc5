/** Cases of `tests/fixtures/`: the course of one review, laid over the States, places and rules that are shipped. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { councilsOf, sessionOf, sourcesOf } from '../../src/calendar/file-facts.ts';
import { councilFile, operatorFile, sourcesFile } from '../../src/calendar/schema.ts';
import { parseYamlFile } from '../../src/calendar/yaml-file.ts';
import { type Simulation, selectorFor, simulate } from '../../src/cli/simulation.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { overlay } from '../../src/domain/calendar/layers.ts';
import { GENEVA } from '../../src/domain/time.ts';
import { laddersOf } from './a-bot.ts';
import { at, aVoice } from './a-voice.ts';

/** Words for what a State does that no message uses on its own account. */
export const BLAME = /refus|reject|boycott|shadow/i;

/** When the cases were written down from domain.md. */
const CHECKED = { version: 1, checked: '2026-11-24' };

const caseFile = z.strictObject({
  sources: sourcesFile.shape.sources,
  councils: councilFile.shape.sessions.optional(),
  sessions: z.array(operatorFile.omit({ version: true, checked: true, sources: true })),
});

const cases = new Map<string, CalendarFacts>();

export function caseFacts(name: string, shipped: CalendarFacts): CalendarFacts {
  const facts = cases.get(name) ?? readCase(name, shipped);
  cases.set(name, facts);
  return facts;
}

function readCase(name: string, shipped: CalendarFacts): CalendarFacts {
  const file = `${name}.yaml`;
  const parsed = parseYamlFile(file, readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8'), caseFile);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  const { sources, councils = [], sessions } = parsed.value;
  const bare: CalendarFacts = { ...shipped, sessions: new Map(), councils: new Map() };
  return overlay(bare, {
    sources: sourcesOf({ sources }),
    councils: councilsOf({ ...CHECKED, sessions: councils }),
    sessions: sessions.map((session) => sessionOf({ ...CHECKED, ...session })),
    holidays: [],
  });
}

const LADDERS = laddersOf({
  default: { review: ['30d!', '7d!', '1d!'], stakeholder_submission: ['30d!', '7d!'], national_report: ['30d!', '+1d?', '+14d?'], presession: ['3d!'] },
});

const replays = new WeakMap<CalendarFacts, Map<string, Promise<Simulation>>>();

/** What one channel that follows one State would have read, or one that follows all of them; lived through once. */
export function replay(facts: CalendarFacts, state: string | null, span: readonly [string, string]): Promise<Simulation> {
  const ofFacts = replays.get(facts) ?? new Map<string, Promise<Simulation>>();
  replays.set(facts, ofFacts);
  const key = [state, ...span].join();
  const run = ofFacts.get(key) ?? live(facts, state, span);
  ofFacts.set(key, run);
  return run;
}

function live(facts: CalendarFacts, state: string | null, [from, to]: readonly [string, string]): Promise<Simulation> {
  const channel = {
    ...{ id: 'case', installation: 'case', platform: 'test', lane: 'test', target: { installation: 'case', channel: 'case' } },
    ...{ timing: { zone: GENEVA, hour: '09:00', ladder: 'default' }, quiet: null, locale: 'en', discreet: false, mentionRole: null, digest: null },
    ...{ mute: null, managers: [], teamRole: null, keepDays: 180 },
  };
  return simulate({
    facts,
    ladders: LADDERS,
    channel,
    selector: selectorFor(state === null ? undefined : [state], facts),
    words: aVoice().words,
    from: at(from),
    to: at(to, '23:00'),
  });
}

/** The whole of the messages is shown where a test fails. */
export function read({ messages }: Simulation): { readonly titles: readonly string[]; readonly text: string } {
  const said = messages.filter(({ type }) => type !== 'silence');
  return { titles: said.map(({ message }) => message.title), text: said.map(({ message }) => message.fallbackText).join('\n\n') };
}
