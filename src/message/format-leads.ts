import { passesAt, sortsAt } from '../domain/calendar/when.ts';
import { dayOf } from '../domain/time.ts';
import type { Draft } from './build.ts';
import { certaintyText } from './certainty.ts';
import { checkLines, isCheck } from './check-lines.ts';
import type { LeadItem, Voice } from './content.ts';
import { claimLines, dateLine } from './date-line.ts';
import { officialDate, timeLeft } from './dates.ts';
import { groupLeads, type LeadGroup } from './group.ts';
import { bold, plainText } from './inline.ts';
import type { Field, Line, Tone } from './message.ts';
import { stateList, statesOf, whoOf } from './names.ts';
import { plainLine } from './plain.ts';
import { alertFlagLines } from './review-lines.ts';
import { sourceFooter } from './sources.ts';

/** Dates that are coming, or were due and have not been seen. One date for many States is one line. */
export function formatLeads(items: readonly LeadItem[], voice: Voice): Draft {
  const groups = groupLeads(items);
  const [first] = groups;
  if (first === undefined) throw new Error('There is nothing to say: no lead was given');
  const single = groups.length === 1;
  return {
    tone: toneOf(first, voice),
    title: titleOf(groups, first, voice),
    body: single ? [...headLine(first, voice), ...groupLines(first, voice)] : groups.flatMap((group) => listLines(group, voice)),
    fields: single ? fieldsOf(first, voice) : [],
    footer: sourceFooter(
      groups.flatMap((group) => group.deadlines),
      voice,
    ),
  };
}

/** What a group says when it is the whole message. */
function groupLines(group: LeadGroup, voice: Voice): readonly Line[] {
  if (isCheck(group)) return [...checkLines(group, voice), ...flagsOf(group, voice)];
  return [officialDate(group.sample, voice), ...ruleLines(group, voice), ...claimLines(group.sample, 'sentence', voice), ...flagsOf(group, voice)];
}

/** What a group says as one of several. */
export function listLines(group: LeadGroup, voice: Voice): readonly Line[] {
  if (isCheck(group)) return [...checkLines(group, voice), ...flagsOf(group, voice)];
  return [dateLine(group, 'named', voice), ...ruleLines(group, voice), ...flagsOf(group, voice)];
}

function flagsOf(group: LeadGroup, voice: Voice): readonly Line[] {
  return alertFlagLines(
    group.items.map((item) => item.review),
    voice,
  );
}

function ruleLines({ sample }: LeadGroup, { words }: Voice): readonly Line[] {
  return sample.kind === 'recommendations_circulated' && sample.basis.by === 'rule' ? [plainText(words('leads.circulated'))] : [];
}

/** A discreet title names nobody, so the first line does. */
function headLine(group: LeadGroup, voice: Voice): readonly Line[] {
  return voice.reader.discreet ? [[bold(`${whoOf(group.deadlines, voice)}: ${whatOf(group, voice)}`)]] : [];
}

function fieldsOf(group: LeadGroup, voice: Voice): readonly Field[] {
  const { words } = voice;
  const fields: Field[] = [];
  const states = statesOf(group.deadlines);
  if (!isCheck(group)) fields.push({ name: words('field.certainty'), value: plainText(certaintyText(group.sample, voice)) });
  if (states.length > 1) fields.push({ name: words('field.states'), value: plainText(stateList(states, voice, Number.POSITIVE_INFINITY)) });
  if (states.length === 0 && group.sample.concerns.length > 0) {
    fields.push({ name: words('field.concerned'), value: plainText(stateList(group.sample.concerns, voice)) });
  }
  return fields;
}

/** What was due is not due any more once it passed. */
function whatOf(group: LeadGroup, voice: Voice): string {
  const { words } = voice;
  const { kind } = group.sample;
  if (isCheck(group)) return words('check.title', { kind: words(`kind.${kind}`) });
  return words(leftOf(group, voice) === words('left.passed') ? `kind.${kind}` : `due.${kind}`);
}

function titleOf(groups: readonly LeadGroup[], first: LeadGroup, voice: Voice): string {
  const { words, reader } = voice;
  const count = groups.length;
  const ahead = groups.filter((group) => !isCheck(group)).sort((a, b) => sortsAt(a.sample.when) - sortsAt(b.sample.when));
  const left = leftOf(ahead[0] ?? first, voice);
  if (reader.discreet) return ahead.length === 0 ? words('check.discreet', { count }) : words('leads.discreet', { count, left });
  const who = whoOf(
    groups.flatMap((group) => group.deadlines),
    voice,
  );
  if (count > 1) return words('title.of', { who, what: ahead.length === 0 ? words('check.many', { count }) : words('leads.many', { count, left }) });
  const what = isCheck(first) ? whatOf(first, voice) : words('title.with-left', { what: whatOf(first, voice), left });
  return words('title.of', { who, what });
}

/** In a title; a date that may not be counted down is said as it is known. */
function leftOf({ sample }: LeadGroup, voice: Voice): string {
  return timeLeft(sample, voice.reader.now, voice.words) ?? plainLine(officialDate(sample, voice));
}

function toneOf(group: LeadGroup, { reader }: Voice): Tone {
  if (isCheck(group)) return 'info';
  const today = group.sample.when.to === dayOf(reader.now, group.sample.when.zone);
  return today && (passesAt(group.sample.when) ?? 0) > reader.now ? 'today' : 'soon';
}
