import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message } from '../../../src/message/build.ts';
import type { Line, Message } from '../../../src/message/message.ts';
import { pageOf } from '../../../src/message/pages.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aVoice } from '../../support/a-voice.ts';

const { words } = aVoice();

/** Every page, as a reader who goes on sees them. */
function pagesOf(whole: Message): readonly Message[] {
  let count = 1;
  const page = (number: number) =>
    pageOf(whole, number, words, (_, pages) => {
      count = pages;
      return [];
    });
  const first = page(1);
  return [first, ...Array.from({ length: count - 1 }, (_, index) => page(index + 2))];
}

const line = fc.oneof(
  fc.string({ minLength: 1, maxLength: 400 }).map((text): Line => [{ type: 'text', text }]),
  fc.constant<Line>([{ type: 'bold', text: 'A heading' }]),
  fc.webUrl().map((url): Line => [{ type: 'link', text: 'a site', url }]),
);

describe('Pages', () => {
  test('together hold every line and row once, in order, and none is long', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), fc.array(line, { maxLength: 20 }), (body, cells) => {
        const whole = message({ tone: 'info', title: 'T', body, table: { columns: ['one'], rows: cells.map((cell) => [cell]) } });
        const pages = pagesOf(whole);
        const told = pages.map((page) => (pages.length > 1 ? page.body.slice(0, -1) : page.body));

        expect(told.flat()).toEqual(body);
        expect(pages.flatMap((page) => page.table?.rows ?? [])).toEqual(cells.map((cell) => [cell]));
        for (const page of pages) expect(page.fallbackText.length).toBeLessThan(3_500);
      }),
    );
  });

  test('never end with the heading of what is on the next', () => {
    const body: Line[] = Array.from({ length: 60 }, (_, index) => [
      index % 8 === 7 ? { type: 'bold', text: 'A heading' } : { type: 'text', text: `Line ${index}` },
    ]);
    for (const page of pagesOf(message({ tone: 'info', title: 'T', body })).slice(0, -1)) expect(page.body.at(-2)?.[0]?.type).toBe('text');
  });

  test('beyond the last are the last, and before the first the first', () => {
    const whole = message({ tone: 'info', title: 'T', body: Array.from({ length: 60 }, (_, index): Line => [{ type: 'text', text: `Line ${index}` }]) });
    const last = (number: number) => plainLine(pageOf(whole, number, words, () => []).body.at(-1) ?? []);

    expect([last(0), last(-3), last(Number.NaN), last(99)]).toEqual(['Page 1 of 3', 'Page 1 of 3', 'Page 1 of 3', 'Page 3 of 3']);
  });
});
