import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { messageOf, withChat } from './a-chat.ts';

const SHIPPED = { facts: await shippedFacts(), now: at('2026-11-24') };
const QUIET = { facts: calendarOf([{ state: 'KEN', kind: 'review', when: dayWhen('2026-09-07', GENEVA) }]), now: at('2026-07-01') };

describe('participation', () => {
  test('tells what happened with day, source and class, where the review stands, what stays open and other avenues', async () => {
    const text = await withChat(SHIPPED, (it) => it.text('participation'));

    expect(text).toContain('4 reviews are off the ordinary path');
    expect(text).toContain('28 August 2025 · non-participation in its review announced · particle.news (media)');
    expect(text).toContain('national report, due on 4 August 2025, not seen · cldh-lebanon.org (another organisation)');
    expect(text).toContain('Condition: an earlier date is possible if the State resumes cooperation');
    expect(text).toContain('Where it stands: session 53, November 2026; no day is set (tentative; checked 24 November 2026).');
    expect(text).toContain('No date for stakeholder submissions lies ahead');
    expect(text).toContain('Other avenues: written statement to the Human Rights Council, 10 February 2027');
  });

  test('is private, in pages, and can be shared', async () => {
    await withChat(SHIPPED, async (it) => {
      const response = await it.command('participation');
      const { actions } = messageOf(response);
      const next = actions.find(({ id }) => id.startsWith('page.2.'));
      const share = actions.find(({ id }) => id.startsWith('share.'));

      expect(response).toMatchObject({ audience: 'asker' });
      expect(messageOf(await it.press(next?.id ?? '')).fallbackText).toContain('Nicaragua');
      expect(await it.press(share?.id ?? '')).toMatchObject({ audience: 'channel' });
    });
  });

  test('of one State tells that State alone, and says kindly when there is nothing', async () => {
    await withChat(SHIPPED, async (it) => {
      expect(await it.text('participation', { state: 'Ukraine' })).not.toContain('Nicaragua');
      expect(await it.text('participation', { state: 'Kenya' })).toContain('Nothing is known that takes the review of Kenya in cycle 4 off the ordinary path.');
    });
    expect(await withChat(QUIET, (it) => it.text('participation'))).toContain('No review of cycle 4 is known to be off the ordinary path.');
  });

  test('of an earlier cycle tells that cycle; one that there is not is asked about', async () => {
    await withChat(SHIPPED, async (it) => {
      const text = await it.text('participation', { cycle: '3' });
      expect(text).toContain('Myanmar');
      expect(text).toContain('What is open: the adoption of the outcome.');
      expect(await it.text('participation', { cycle: 'nine' })).toContain('is not a cycle of this calendar');
      expect((await it.complete('participation', 'cycle', '')).map(({ value }) => value)).toContain('4');
    });
  });

  test('never speaks of refusing', async () => {
    await withChat(SHIPPED, async (it) => {
      for (const cycle of ['3', '4', '5']) expect(await it.text('participation', { cycle })).not.toMatch(/refus|reject|boycott/i);
    });
  });
});
