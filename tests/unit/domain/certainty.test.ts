import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CERTAINTIES, compareCertainty, compareClass, fires, inherit } from '../../../src/domain/calendar/certainty.ts';

const aCertainty = fc.constantFrom(...CERTAINTIES);

describe('The certainty of a computed date', () => {
  test('is never above that of its rule nor that of its anchor', () => {
    fc.assert(
      fc.property(aCertainty, aCertainty, (rule, anchor) => {
        const found = inherit(rule, anchor);

        expect(compareCertainty(found, anchor)).toBeGreaterThanOrEqual(0);
        expect(compareCertainty(found, rule)).toBeGreaterThanOrEqual(0);
        expect([rule, anchor]).toContain(found);
      }),
    );
  });

  test('does not depend on the order in which a chain of rules is followed', () => {
    fc.assert(
      fc.property(aCertainty, aCertainty, aCertainty, (a, b, c) => {
        expect(compareCertainty(inherit(a, inherit(b, c)), inherit(inherit(a, b), c))).toBe(0);
      }),
    );
  });

  test.each([
    ['ten working days before a published review', 'fixed-rule', 'published', 'fixed-rule'],
    ['ten working days before a tentative review', 'fixed-rule', 'tentative', 'tentative'],
    ['48 hours after an estimated review', 'fixed-rule', 'estimated', 'estimated'],
    ['an offset from a published session', 'estimated', 'published', 'estimated'],
    ['a mid-term report after a published adoption', 'voluntary', 'published', 'voluntary'],
    ['anything from nothing', 'fixed-rule', 'unknown', 'unknown'],
  ] as const)('%s', (_what, rule, anchor, expected) => {
    expect(inherit(rule, anchor)).toBe(expected);
  });
});

describe('Which dates alert', () => {
  test('fixed rules, published and tentative ones do; estimated, voluntary and unknown ones never', () => {
    expect(CERTAINTIES.filter(fires)).toEqual(['fixed-rule', 'published', 'tentative']);
  });
});

describe('Sources', () => {
  test('drive in the order official, UPR Info, other organisations, media', () => {
    expect((['media', 'official', 'organisation', 'upr-info'] as const).toSorted(compareClass)).toEqual(['official', 'upr-info', 'organisation', 'media']);
  });
});
