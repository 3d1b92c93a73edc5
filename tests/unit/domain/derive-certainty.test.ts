import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CERTAINTIES, type Certainty, compareCertainty } from '../../../src/domain/calendar/certainty.ts';
import { alerts, type Deadline } from '../../../src/domain/calendar/deadline.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { CalendarFacts, DateFact } from '../../../src/domain/calendar/facts.ts';
import { dayWhen, hasDay, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { addDays, GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const KNOWN = CERTAINTIES.filter((certainty) => certainty !== 'unknown' && certainty !== 'fixed-rule');

const aWhen = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom('day', 'minute', 'month')).map(([days, precision]) => {
  const day = addDays('2025-06-01', days);
  if (precision === 'day') return dayWhen(day, GENEVA);
  return precision === 'minute' ? minuteWhen(day, '14:30', GENEVA) : rangeWhen(day, addDays(day, 20), GENEVA);
});
const aFact = fc.oneof(
  fc.tuple(aWhen, fc.constantFrom(...KNOWN)).map(([when, certainty]) => aDateFact(when, { certainty })),
  fc.constant(aDateFact(unknownWhen(GENEVA), { certainty: 'unknown', source: [] })),
);
const someEvents = fc.subarray(['date-confirmed', 'held', 'absent', 'postponed', 'rescheduled', 'adoption-postponed', 'outcome-adopted'] as const);

interface Drawn {
  readonly start: DateFact;
  readonly review: DateFact | null;
  readonly presession: DateFact | null;
  readonly adoption: DateFact | null;
  readonly council: DateFact;
  readonly events: readonly Parameters<typeof anEvent>[0][];
  readonly eventCertainty: Certainty;
  readonly years: readonly number[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  start: aFact,
  review: fc.option(aFact),
  presession: fc.option(aFact),
  adoption: fc.option(aFact),
  council: aFact,
  events: someEvents,
  eventCertainty: fc.constantFrom(...KNOWN),
  years: fc.subarray([2025, 2026]),
});

function factsOf({ start, review, presession, adoption, council, events, eventCertainty, years }: Drawn): CalendarFacts {
  const kenya = aReviewFacts('KEN', {
    review,
    deadlines: { ...(presession === null ? {} : { presession }), ...(adoption === null ? {} : { outcome_adoption: adoption }) },
    events: events.map((what) => anEvent(what, { certainty: eventCertainty })),
  });
  return ruledFacts([aSession(50, start, { reviews: [kenya] })], [aCouncil(61, council)], years);
}

/** The certainties that a computed date may rest on, by the name of its anchor. */
function anchorsOf(name: string, input: Drawn): readonly Certainty[] {
  const all: Record<string, readonly (DateFact | null)[]> = {
    session: [input.start],
    review: [input.review],
    presession: [input.presession],
    council: [input.council],
    adoption: [input.adoption, input.council],
  };
  const facts = (all[name] ?? []).filter((fact) => fact !== null);
  return [...facts.map((fact) => fact.certainty), ...(name === 'adoption' ? [input.eventCertainty] : [])];
}

describe('Whatever a calendar says', () => {
  test('no computed date is surer than what it was computed from', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        for (const deadline of derivePicture(factsOf(input)).deadlines.values()) {
          const { basis } = deadline;
          if (basis.by !== 'rule') continue;
          const anchors = anchorsOf(basis.anchor, input);

          const surest = anchors.toSorted(compareCertainty)[0] ?? 'unknown';
          expect([deadline.id, compareCertainty(deadline.certainty, surest) >= 0]).toEqual([deadline.id, true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('an estimate is always a range, and what alerts has a day', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const computed = [...derivePicture(factsOf(input)).deadlines.values()].filter((deadline) => deadline.basis.by === 'rule');

        const estimates = computed.filter((deadline: Deadline) => ['estimated', 'voluntary', 'unknown'].includes(deadline.certainty));
        expect(estimates.filter((deadline) => hasDay(deadline.when) && alerts(deadline))).toEqual([]);
        expect(computed.filter((deadline) => alerts(deadline) && !hasDay(deadline.when))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('its first possible day is never after its last, and a date that exists has a source', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        for (const { id, when, source } of derivePicture(factsOf(input)).deadlines.values()) {
          expect([id, (when.from ?? '') <= (when.to ?? '')]).toEqual([id, true]);
          expect([id, when.from === null || source.length > 0]).toEqual([id, true]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the same facts give the same picture', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        expect(derivePicture(factsOf(input))).toEqual(derivePicture(factsOf(input)));
      }),
      { numRuns: 50 },
    );
  });
});
