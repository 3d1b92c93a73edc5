/** A coalition's story from the plan to the receipt, on both platforms; what was read stands in `docs/teams-story.md`. */
import { expect, test } from 'vitest';
import { liveThrough, pageOf, RECEIPT, shownStory } from '../support/a-coalition.ts';

test('A coalition on Discord and a partner on Slack share a plan from the template to the receipt', async () => {
  const story = await liveThrough();
  const told = (what: string, side: 'coalition' | 'partner') => {
    const step = story.steps.find((one) => one.what.includes(what));
    return step?.told[side].join('\n') ?? '';
  };

  expect(story.cards.coalition.length, 'one card a side').toBe(1);
  expect(story.cards.partner.length).toBe(1);
  expect(told('Anna takes', 'partner')).toMatch(/• 1 Read .* · the other side/);
  expect(told('Omar takes', 'coalition')).toMatch(/\*\*3\*\* Agree .* · the other side/);
  expect(told('Omar takes', 'partner')).toContain('taken already: the other side has it');
  expect(told('is asked', 'coalition')).toMatch(/how is \*\*Read the last recommendations.* going\?/);
  expect(told('she is warned', 'coalition')).toContain('goes back to the team if there is no answer');
  expect(told('goes back', 'coalition')).toContain('is open again, since there was no answer');
  expect(told('by five days', 'coalition')).toContain('the date moved');
  expect(told('confirms', 'coalition')).toContain('Our own deadline: Monday, 20 July 2026');
  expect(told('confirms', 'partner')).toContain('Our own deadline: Monday, 20 July 2026');
  expect(told('closes the plan', 'coalition')).toContain(`reference: ${RECEIPT}`);

  const [anna, omar] = [story.coalition.join('\n'), story.partner.join('\n')];
  for (const secret of ['900', 'anna']) expect(omar).not.toContain(secret);
  for (const secret of ['U1', 'omar', 'Minutes of 8 April']) expect(anna).not.toContain(secret);
  expect([story.violations, story.errors]).toEqual([[], []]);
  expect(pageOf(story, 'coalition')).toBe(shownStory('coalition'));
  expect(pageOf(story, 'partner')).toBe(shownStory('partner'));
}, 30_000);
