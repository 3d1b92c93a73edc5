import type { Became, ToldDate } from '../domain/alerts/told-date.ts';
import { hasDay, passesAt, type When, whenKey } from '../domain/calendar/when.ts';
import { clockTimeOf, dayOf } from '../domain/time.ts';
import type { Draft } from './build.ts';
import type { AmendmentContent, LeadItem, Voice } from './content.ts';
import { briefDate, dayInline, officialDate } from './dates.ts';
import { zoneName } from './days.ts';
import { formatLeads } from './format-leads.ts';
import { bucket, deadlineKey } from './group.ts';
import { bold, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { stateList, statesOf, whoOf } from './names.ts';
import { plainLine } from './plain.ts';
import { sourceFooter, sourceLinks } from './sources.ts';

/** Dates that became the same, from the same; never empty. */
type ChangedGroup = readonly [ToldDate, ...ToldDate[]];

/**
 * A message that was posted, with what became of it in its first lines: what is not as it was told, that it is over, or
 * that the channel is silent. It calls nobody, and asks nothing of anybody.
 */
export function formatAmendment({ items, changed, until }: AmendmentContent, voice: Voice): Draft {
  const groups = bucket(changed, changedKey);
  const all = items.every(({ deadline }) => changed.some((date) => date.deadline.id === deadline.id));
  const own = groups.length === 1 && all && (items.length > 0 || !voice.reader.discreet);
  const notes = groups.map((group) => changedLine(group, own, voice));
  const told = items.length === 0 ? { body: [], footer: footerOf(changed, voice) } : formatLeads(items, voice);
  const title = all && groups.length > 0 ? changedTitle(groups, voice) : null;
  return { title: '', ...told, ...(title === null ? {} : { title }), tone: 'quiet', body: [...notes, ...standLines(items, until, voice), ...told.body] };
}

function changedKey({ deadline, was, became }: ToldDate): string {
  return `${became}|${whenKey(was)}|${deadlineKey(deadline)}`;
}

const WORDS: Readonly<Record<Became | 'range', string>> = {
  moved: 'amended.moved',
  standing: 'amended.standing',
  withdrawn: 'amended.withdrawn',
  range: 'amended.range',
};

/** `own`: the message tells of nothing else, so that it need not name the date. */
function changedLine(group: ChangedGroup, own: boolean, voice: Voice): Line {
  const { words } = voice;
  const [first] = group;
  const { deadline, was, became } = first;
  return words.line(WORDS[isRange(first) ? 'range' : became], {
    subject: own ? words('amended.this') : [bold(words('title.of', { who: allOf(group, voice), what: words(`kind.${deadline.kind}`) }))],
    before: shortDate(was, voice),
    after: shortDate(deadline.when, voice),
    standing: words(`standing.${deadline.standing}`),
    source: sourceLinks(deadline.source, voice),
  });
}

/** It lost its day, and is known to a month or a stretch of days. */
function isRange({ deadline, became }: ToldDate): boolean {
  return became === 'withdrawn' && deadline.when.from !== null && !hasDay(deadline.when);
}

/** Every State by name, since a message of many may have moved for a few. */
function allOf(group: ChangedGroup, voice: Voice): string {
  const deadlines = group.map(({ deadline }) => deadline);
  const states = statesOf(deadlines);
  return states.length === 0 ? whoOf(deadlines, voice) : stateList(states, voice, Number.POSITIVE_INFINITY);
}

/** The day, with its hour where that is known. */
function shortDate(when: When, voice: Voice): Line {
  return when.time === null ? briefDate(when, voice.words) : officialDate({ when }, voice);
}

/** Where nothing is as it was told, the title does not count the days. */
function changedTitle(groups: readonly ChangedGroup[], voice: Voice): string {
  const { words, reader } = voice;
  const deadlines = groups.flat().map(({ deadline }) => deadline);
  if (reader.discreet) return words('changes.discreet', { count: groups.length });
  const [only] = groups;
  const what = only === undefined || groups.length > 1 ? words('changes.many', { count: groups.length }) : changedPhrase(only[0], voice);
  return words('title.of', { who: whoOf(deadlines, voice), what });
}

function changedPhrase(date: ToldDate, { words }: Voice): string {
  const { deadline, became } = date;
  return words(`change-title.${isRange(date) ? 'day-open' : became}`, {
    kind: words(`kind.${deadline.kind}`),
    date: plainLine(briefDate(deadline.when, words)),
    standing: words(`standing.${deadline.standing}`),
  });
}

function footerOf(changed: readonly ToldDate[], voice: Voice): Line {
  return sourceFooter(
    changed.map(({ deadline }) => deadline),
    voice,
  );
}

/** That it is over, or till when reminders of it are muted; where something is ahead, each line says for itself whether it is over. */
function standLines(items: readonly LeadItem[], until: number | null, { words, reader }: Voice): readonly Line[] {
  if (items.length === 0) return [];
  if (items.every(({ deadline }) => (passesAt(deadline.when) ?? 0) <= reader.now)) return [plainText(words('amended.passed'))];
  if (until === null) return [];
  const day = dayInline(dayOf(until, reader.zone), 'short', words);
  return [words.line('amended.silenced-until', { day, time: clockTimeOf(until, reader.zone), zone: zoneName(reader.zone, until, words) })];
}
