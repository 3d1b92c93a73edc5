import { alerts, type Deadline } from '../domain/calendar/deadline.ts';
import type { Change, DateChange } from '../domain/calendar/diff.ts';
import { stalls } from '../domain/calendar/participation.ts';
import { avenueLine } from './avenue-lines.ts';
import type { Draft } from './build.ts';
import { type ChangeGroup, changeKey, changeLines, changePhrase, deadlineOf } from './change-lines.ts';
import type { AlertContent, OpenNow, Voice } from './content.ts';
import { bucket } from './group.ts';
import { bold } from './inline.ts';
import type { Line } from './message.ts';
import { stateName, whoOf } from './names.ts';
import { absenceLines, stallLines } from './review-lines.ts';
import { sourceFooter } from './sources.ts';

/** How many changes a title names before it says how many more there are. */
const PHRASES_IN_A_TITLE = 3;

/** What changed in the calendar: what happened to reviews first, then dates old to new, each with its source. */
export function formatChanges({ changes, open }: Extract<AlertContent, { type: 'changes' }>, voice: Voice): Draft {
  const groups = bucket(changes, changeKey);
  const subjects = bucket(groups, subjectOf);
  return {
    tone: changes.some(isGrave) ? 'warning' : 'change',
    title: titleOf(groups, voice),
    body: subjects.flatMap((subject) => [...headLine(subject, subjects.length, voice), ...subjectLines(subject, open, voice)]),
    footer: sourceFooter(
      changes.map((change) => (change.about === 'review' ? change.event : deadlineOf(change))),
      voice,
    ),
  };
}

function subjectLines(subject: readonly ChangeGroup[], open: OpenNow | undefined, voice: Voice): readonly Line[] {
  const changes = subject.flat();
  return [...subject.flatMap((group) => changeLines(group, voice)), ...openLines(changes, open ?? { states: [], dates: [] }, voice)];
}

/** What stays open when a review stalls: until when submissions stand, what does not depend on the State, and where else to turn. */
function openLines(changes: readonly Change[], { states, dates }: OpenNow, voice: Voice): readonly Line[] {
  const stalled = changes.filter(stalls).flatMap((change) => (change.about === 'review' ? change : []));
  const [first] = stalled;
  if (first === undefined) return [];
  const { state } = first.review;
  const open = states.find((entry) => entry.state === state) ?? { state, submission: null, suspended: false };
  const absent = stalled.some(({ event }) => event.what === 'absent');
  const lines = absent ? absenceLines(open, voice) : stallLines(stalled, open, voice);
  return [...lines, avenueLine(state, dates, voice)];
}

/** Absences, announcements not to take part, and dates that may no longer be counted on. */
function isGrave(change: Change): boolean {
  if (change.about === 'review' && change.what === 'taken-back') return false;
  if (change.about === 'review') return change.event.what === 'absent' || change.event.what === 'non-participation-announced';
  return change.what === 'withdrawn' || lostStanding(change);
}

function lostStanding({ what, after }: DateChange): boolean {
  return what === 'standing' && after !== null && !alerts(after);
}

/** The State, where all of a group is about one; else the session or the Council session. */
function subjectOf(group: ChangeGroup): string {
  const [change] = group;
  if (change.about === 'review') return group.length === 1 ? change.review.state : `session ${change.review.session}`;
  const { state, session, council } = deadlineOf(change);
  if (state !== null && group.length === 1) return state;
  return session === null ? `council ${council}` : `session ${session}`;
}

function headLine(subject: readonly ChangeGroup[], subjects: number, voice: Voice): readonly Line[] {
  const change = subject[0]?.[0];
  const needed = subjects > 1 || voice.reader.discreet;
  return needed && change?.about === 'review' ? [[bold(changesWho(subject.flat(), voice))]] : [];
}

function titleOf(groups: readonly ChangeGroup[], voice: Voice): string {
  const { words, reader } = voice;
  if (reader.discreet) return words('changes.discreet', { count: groups.length });
  const who = changesWho(groups.flat(), voice);
  const phrases = [...new Set(groups.map((group) => changePhrase(group[0], voice)))];
  const oneSubject = bucket(groups, subjectOf).length === 1;
  if (!oneSubject) return words('title.of', { who, what: words('changes.many', { count: groups.length }) });
  const named = phrases.slice(0, PHRASES_IN_A_TITLE).join('; ');
  const left = phrases.length - PHRASES_IN_A_TITLE;
  return words('title.of', { who, what: left > 0 ? words('changes.and-more', { phrases: named, count: left }) : named });
}

/** Whom some changes are about, as a title says it. */
function changesWho(changes: readonly Change[], voice: Voice): string {
  const states = new Set(changes.flatMap((change) => (change.about === 'review' ? change.review.state : (deadlineOf(change).state ?? []))));
  const [only] = states;
  const ofAState = changes.every((change) => change.about === 'review' || deadlineOf(change).state !== null);
  if (only !== undefined && states.size === 1 && ofAState) return stateName(only, voice);
  const sessions = new Set(changes.map((change) => (change.about === 'review' ? change.review.session : deadlineOf(change).session)));
  const [session = null] = sessions;
  if (sessions.size !== 1 || session === null) return whoOf(dates(changes), voice);
  return states.size > 1 ? voice.words('who.states', { count: states.size, session }) : voice.words('who.session', { session });
}

function dates(changes: readonly Change[]): readonly Deadline[] {
  return changes.flatMap((change) => (change.about === 'review' ? [] : deadlineOf(change)));
}
