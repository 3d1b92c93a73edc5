/**
 * The cycle as a picture: each session runs from its submissions through its review to the adoption of its outcomes.
 * Places are shares of the width and letters keep their size, so one picture serves every screen; the same stands beside
 * it in words.
 */
import { html } from 'hono/html';
import type { Certainty } from '../domain/calendar/certainty.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import { sortsAt, type When } from '../domain/calendar/when.ts';
import { atWallClock, DAY, dayOf, endOfDay, GENEVA, type Instant } from '../domain/time.ts';
import { briefDate } from '../message/dates.ts';
import { dayText } from '../message/days.ts';
import { type Html, lineHtml } from './html-lines.ts';
import { hrefOf, sessionPath, type View } from './view.ts';

interface Step {
  readonly when: When;
  readonly certainty: Certainty;
  /** The middle of the days on which it can be. */
  readonly at: Instant;
}

export interface Course {
  readonly session: number;
  /** Submissions, review, adoption; null where no date is on record. */
  readonly steps: readonly [Step | null, Step | null, Step | null];
}

const LANES = ['submissions', 'reviews', 'adoptions'] as const;
const STARTS: readonly DeadlineKind[] = ['stakeholder_submission', 'outcome_adoption'];
/** Pixels from the top. */
const [LANE_TOP, LANE_GAP, HEIGHT] = [44, 62, 222];
/** A share of the width at either end. */
const EDGE = 3;
const MARGIN = 20 * DAY;
/** On a small screen one session of so many has its number. */
const NAMED = 3;

/** The sessions of one cycle in time order. */
export function coursesOf(facts: CalendarFacts, picture: Picture, cycle: number): readonly Course[] {
  const first = firstDates(picture);
  return [...facts.sessions.values()]
    .filter((session) => session.cycle === cycle)
    .sort((a, b) => a.number - b.number)
    .map(({ number, dates }) => {
      const [submission, adoption] = STARTS.map((kind) => stepOf(first.get(`${number}|${kind}`)));
      return { session: number, steps: [submission ?? null, stepOf(dates), adoption ?? null] };
    });
}

/** Of each session the earliest date of a kind. */
function firstDates(picture: Picture): ReadonlyMap<string, Deadline> {
  const first = new Map<string, Deadline>();
  for (const deadline of picture.deadlines.values()) {
    if (!STARTS.includes(deadline.kind) || deadline.when.from === null || deadline.standing === 'moved-away') continue;
    const key = `${deadline.session}|${deadline.kind}`;
    const known = first.get(key);
    if (known === undefined || sortsAt(deadline.when) < sortsAt(known.when)) first.set(key, deadline);
  }
  return first;
}

function stepOf(dated: { readonly when: When; readonly until: string | null; readonly certainty: Certainty } | undefined): Step | null {
  if (dated === undefined || dated.when.from === null || dated.when.to === null) return null;
  const { when, certainty } = dated;
  return { when, certainty, at: (sortsAt(when) + endOfDay(dated.until ?? dated.when.to, when.zone)) / 2 };
}

export function timeline(courses: readonly Course[], cycle: number, view: View): Html {
  const { words, now, direction } = view;
  const all = courses.flatMap(({ steps }) => steps.flatMap((step) => step?.at ?? []));
  if (all.length === 0) return html``;
  const [from, to] = [Math.min(...all) - MARGIN, Math.max(...all) + MARGIN];
  const share = (at: Instant) => EDGE + ((at - from) / (to - from)) * (100 - 2 * EDGE);
  const x = (at: Instant) => `${(direction === 'rtl' ? 100 - share(at) : share(at)).toFixed(2)}%`;
  const next = courses.find(({ steps: [, review] }) => (review?.at ?? 0) > now)?.session ?? null;
  const start = direction === 'rtl' ? '100%' : '0';
  const years = yearsBetween(from, to).map(
    ({ at, year }) =>
      html`<line class="year" x1="${x(at)}" x2="${x(at)}" y1="28" y2="${HEIGHT - 22}"/><text class="year" x="${x(at)}" y="${HEIGHT - 4}">${year}</text>`,
  );
  const lanes = LANES.map((lane, index) => html`<text class="lane" x="${start}" y="${laneAt(index) - 16}">${words(`web.timeline.${lane}`)}</text>`);
  return html`<figure class="timeline">
<svg role="img" aria-labelledby="timeline-title timeline-text" height="${HEIGHT}" width="100%">
<title id="timeline-title">${words('web.timeline.title', { cycle })}</title><desc id="timeline-text">${words('web.timeline.text')}</desc>
${years}${today(now, { from, to, x }, view)}${courses.map((course, index) => courseOf(course, { now, next, x, isMinor: index % NAMED !== 0 || courses[index + 1]?.session === next }))}${lanes}</svg>
${legend(view)}
<details><summary>${words('web.timeline.in-words')}</summary><ol class="in-words">${courses.map((course) => inWords(course, view))}</ol></details>
</figure>`;
}

const laneAt = (index: number) => LANE_TOP + index * LANE_GAP;

interface Drawing {
  readonly now: Instant;
  /** The session that is reviewed next. */
  readonly next: number | null;
  readonly x: (at: Instant) => string;
  /** Its number is left out where there is little room. */
  readonly isMinor: boolean;
}

function courseOf({ session, steps }: Course, { now, next, x, isMinor }: Drawing): Html {
  const placed = steps.flatMap((step, index) => (step === null ? [] : [{ step, y: laneAt(index), isReview: index === 1 }]));
  const isOver = placed.every(({ step }) => step.at < now);
  const lines = placed.slice(1).map(({ step, y }, index) => {
    const before = placed[index];
    return before === undefined ? '' : html`<line x1="${x(before.step.at)}" y1="${before.y}" x2="${x(step.at)}" y2="${y}"/>`;
  });
  const dots = placed.map(({ step, y }) => html`<circle class="${isSure(step) ? 'sure' : 'unsure'}" cx="${x(step.at)}" cy="${y}" r="4"/>`);
  const names = placed
    .filter(({ isReview }) => isReview)
    .map(({ step, y }) => html`<text${isMinor && session !== next ? html` class="minor"` : ''} x="${x(step.at)}" y="${y + 20}">${session}</text>`);
  return html`<g class="course${isOver ? ' over' : ''}${session === next ? ' next' : ''}">${lines}${dots}${names}</g>`;
}

/** Whether it is drawn full: more than an estimate. */
function isSure({ certainty }: Step): boolean {
  return certainty === 'published' || certainty === 'fixed-rule' || certainty === 'tentative';
}

function today(now: Instant, { from, to, x }: { readonly from: Instant; readonly to: Instant; readonly x: Drawing['x'] }, { words }: View): Html {
  if (now < from || now > to) return html``;
  return html`<line class="today" x1="${x(now)}" x2="${x(now)}" y1="16" y2="${HEIGHT - 22}"/><text class="today" x="${x(now)}" y="11">${words('web.timeline.today')}</text>`;
}

function yearsBetween(from: Instant, to: Instant): readonly { readonly at: Instant; readonly year: number }[] {
  const [first, last] = [from, to].map((at) => Number(dayOf(at, GENEVA).slice(0, 4)));
  const all = Array.from({ length: (last ?? 0) - (first ?? 0) }, (_, index) => (first ?? 0) + 1 + index);
  return all.map((year) => ({ year, at: atWallClock(`${year}-01-01`, '00:00', GENEVA) }));
}

/** What the signs mean, each with its sign. */
function legend({ words }: View): Html {
  const sign = (kind: string) => html`<svg class="sign" width="10" height="10" aria-hidden="true"><circle class="${kind}" cx="5" cy="5" r="4"/></svg>`;
  return html`<figcaption>${['sure', 'unsure'].map((kind) => html`<span class="key">${sign(kind)} ${words(`web.timeline.${kind}`)}</span>`)}</figcaption>`;
}

function inWords({ session, steps }: Course, view: View): Html {
  const { words } = view;
  const [submissions, reviews, adoptions] = steps.map((step) =>
    step === null
      ? words.line('date.unknown')
      : words.line('web.timeline.step', { date: briefDate(step.when, words), certainty: words(`certainty.${step.certainty}`) }),
  );
  const known = { submissions: submissions ?? [], reviews: reviews ?? [], adoptions: adoptions ?? [] };
  return html`<li><a href="${hrefOf(sessionPath(session), view)}">${words('who.session', { session })}</a> ${lineHtml(words.line('web.timeline.course', known))}</li>`;
}

/** The day that a page was made on, for what it says of the present. */
export function madeOn({ now, words }: View): string {
  return dayText(dayOf(now, GENEVA), 'short', words);
}
