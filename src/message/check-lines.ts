/** Something due that a look did not find. What is said is the look, never a judgement. */
import type { Look } from '../domain/calendar/facts.ts';
import type { Voice } from './content.ts';
import { dayInline } from './dates.ts';
import { betweenText, placeName } from './days.ts';
import type { LeadGroup } from './group.ts';
import { joinLines } from './inline.ts';
import type { Line } from './message.ts';
import { stateInSentence, stateList, statesOf, whoOf } from './names.ts';
import { sourceLinks } from './sources.ts';

export function isCheck(group: LeadGroup): boolean {
  return group.items[0]?.lead.mode === 'check';
}

/** When it was due, the latest look that did not find it, and that it can still come. */
export function checkLines(group: LeadGroup, voice: Voice): readonly Line[] {
  const { words } = voice;
  const { kind, when, looks } = group.sample;
  const states = statesOf(group.deadlines);
  const [only] = states;
  const state = only !== undefined && states.length === 1 ? stateInSentence(only, voice).state : stateList(states, voice);
  const due = words.line('check.due', {
    kind: states.length === 0 ? 'none' : kind,
    state,
    who: whoOf(group.deadlines, voice),
    name: words(`kind.${kind}`),
    day: when.to === null ? words('date.unknown') : dayInline(when.to, 'full', words),
    place: placeName(when.zone, words),
  });
  return [joinLines([due, lookLine(latestLook(looks, when.to ?? ''), voice), words.line('check.later', { kind })], ' ')];
}

/** The latest look after the due day that did not find it. */
function latestLook(looks: readonly Look[], dueDay: string): Look | null {
  return (
    looks
      .filter((look) => !look.seen && look.to > dueDay)
      .sort((a, b) => a.to.localeCompare(b.to))
      .at(-1) ?? null
  );
}

function lookLine(look: Look | null, voice: Voice): Line {
  const { words } = voice;
  if (look === null) return words.line('check.no-look');
  const source = sourceLinks([look.source], voice);
  if (look.from === look.to) return words.line('check.looked-on', { day: dayInline(look.to, 'short', words), source });
  const range = { type: 'range', from: look.from, to: look.to, text: betweenText(look.from, look.to, words) } as const;
  return words.line('check.looked-between', { range, source });
}
