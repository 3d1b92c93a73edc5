/** Facts in the shapes of `output.ts`. */
import type { z } from 'zod';
import { alerts, type Deadline } from '../domain/calendar/deadline.ts';
import type { CalendarFacts, Claim, Look, ReviewEvent, SourceId } from '../domain/calendar/facts.ts';
import { kindFacts } from '../domain/calendar/kinds.ts';
import type { Review } from '../domain/calendar/review.ts';
import { english } from '../domain/calendar/state.ts';
import { type When, whenKey } from '../domain/calendar/when.ts';
import { dayOf, daysBetween, type Instant } from '../domain/time.ts';
import type { DeadlineGroup } from '../message/content.ts';
import type { Words } from '../message/words.ts';
import type { deadlineJson, reviewJson } from './output.ts';

export interface JsonVoice {
  readonly facts: CalendarFacts;
  readonly words: Words;
  readonly now: Instant;
}

type DeadlineJson = z.infer<typeof deadlineJson>;
type ReviewJson = z.infer<typeof reviewJson>;

export function dueText(when: When): string | null {
  if (when.from === null) return null;
  return when.time === null ? (when.precision === 'day' ? when.from : `${when.from}..${when.to}`) : whenKey(when);
}

function rangeOf(when: When): { from: string; to: string } | null {
  return when.from === null || when.to === null ? null : { from: when.from, to: when.to };
}

export function sourcesJson(ids: readonly SourceId[], facts: CalendarFacts): DeadlineJson['source'] {
  return ids.flatMap((id) => {
    const found = facts.sources.get(id);
    return found === undefined ? [] : [{ id, url: found.url, class: found.class }];
  });
}

function claimJson(claim: Claim, facts: CalendarFacts): DeadlineJson['disagrees'][number] {
  return { due: dueText(claim.when) ?? 'unknown', range: rangeOf(claim.when), source: sourcesJson(claim.source, facts), why: claim.why ?? null };
}

function lookJson({ from, to, source, seen }: Look): DeadlineJson['looks'][number] {
  return { range: { from, to }, source, seen };
}

/** Whole days to the official day of a date that may be counted down to; null for every other. */
export function daysLeft(deadline: Deadline, now: Instant): number | null {
  const { when } = deadline;
  if (!alerts(deadline) || when.from === null) return null;
  const left = daysBetween(dayOf(now, when.zone), when.from);
  return left < 0 ? null : left;
}

export function deadlineToJson(deadline: Deadline, voice: JsonVoice, states: readonly string[] = deadline.concerns): DeadlineJson {
  const { facts, words, now } = voice;
  const { basis, when } = deadline;
  const place = facts.places.get(kindFacts(deadline.kind).place);
  const names = states.flatMap((code) => facts.states.get(code) ?? []);
  return {
    id: deadline.id,
    kind: deadline.kind,
    name: words(`kind.${deadline.kind}`),
    session: deadline.session,
    council: deadline.council,
    states: names.map((state) => ({ code: state.code, name: english(state) })),
    due: dueText(when),
    precision: when.precision,
    range: rangeOf(when),
    zone: when.zone,
    until: deadline.until,
    certainty: deadline.certainty,
    standing: deadline.standing,
    daysLeft: daysLeft(deadline, now),
    basis: basis.by === 'rule' ? basis : { by: basis.by, rule: null, anchor: null },
    source: sourcesJson(deadline.source, facts),
    checked: deadline.checked,
    known: deadline.known ?? 'always',
    holidaysUnknown: [...deadline.holidaysUnknown],
    looks: deadline.looks.map(lookJson),
    disagrees: deadline.disagrees.map((claim) => claimJson(claim, facts)),
    contested: deadline.contested === undefined ? null : claimJson(deadline.contested.other, facts),
    earlier: deadline.earlier.map((claim) => claimJson(claim, facts)),
    whereToLook: place === undefined ? null : { url: place.url, publishes: place.publishes },
    note: deadline.note,
  };
}

/** A group is told as its first date with the States of all. */
export function groupToJson(group: DeadlineGroup, voice: JsonVoice): DeadlineJson {
  const states = [...new Set(group.deadlines.flatMap((deadline) => deadline.concerns))];
  return deadlineToJson(group.sample, voice, states);
}

function eventJson(event: ReviewEvent, facts: CalendarFacts): ReviewJson['events'][number] {
  return {
    on: event.on,
    what: event.what,
    toSession: event.to,
    council: event.council,
    condition: event.condition ?? null,
    symbol: event.symbol ?? null,
    certainty: event.certainty,
    source: sourcesJson(event.source, facts),
    checked: event.checked,
    known: event.known ?? event.on ?? 'always',
  };
}

export function reviewToJson(review: Review, report: Deadline | null, facts: CalendarFacts): ReviewJson {
  const due = report?.when.to ?? '';
  const arrived = review.events.some((event) => event.what === 'national-report-submitted') || (report?.looks.some((look) => look.seen) ?? false);
  const missing = review.flags.some((flag) => flag.name === 'national-report-overdue');
  return {
    id: review.id,
    state: review.state,
    session: review.session,
    cycle: review.cycle,
    stage: review.stage,
    since: review.by?.on ?? null,
    flags: review.flags.map(({ name, since, source }) => ({ name, since, source: sourcesJson(source, facts) })),
    events: review.events.map((event) => eventJson(event, facts)),
    movedFrom: review.movedFrom,
    movedTo: review.movedTo,
    council: review.council,
    nationalReport: {
      due: report === null ? null : dueText(report.when),
      submitted: arrived ? true : missing ? false : null,
      looks: (report?.looks ?? []).filter((look) => look.from > due || look.seen).map(lookJson),
    },
  };
}
