import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLead } from '../../../src/domain/alerts/ladder.ts';

describe('A lead as an operator writes it', () => {
  test.each([
    ['60d', { key: '60d', mode: 'digest', unit: 'day', before: 60 }],
    ['60d!', { key: '60d', mode: 'alert', unit: 'day', before: 60 }],
    ['5wd!', { key: '5wd', mode: 'alert', unit: 'working-day', before: 5 }],
    ['3h!', { key: '3h', mode: 'alert', unit: 'hour', before: 3 }],
    ['10min!', { key: '10min', mode: 'alert', unit: 'minute', before: 10 }],
    ['0min!', { key: '0min', mode: 'alert', unit: 'minute', before: 0 }],
    ['0d!', { key: '0d', mode: 'alert', unit: 'day', before: 0 }],
    ['+14d?', { key: '+14d', mode: 'check', unit: 'day', before: -14 }],
    ['+0d?', { key: '+0d', mode: 'check', unit: 'day', before: 0 }],
    [' 7d! ', { key: '7d', mode: 'alert', unit: 'day', before: 7 }],
  ])('%j is read', (text, lead) => {
    expect(readLead(text)).toStrictEqual(lead);
  });

  test.each(['', 'd', '7', '7days', '7 d', '-7d', '7d!!', '7d?', '+7d', '+7d!', '1000d', '1.5d', '７d', 'today', '7D', '7d!\n8d!', '99999999999999d'])(
    '%j is refused',
    (text) => {
      expect(readLead(text)).toBeNull();
    },
  );

  test('of any text is read or refused, and what is read has that count', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?\d{1,4}(d|wd|h|min)[!?]?$/)), (text) => {
        const lead = readLead(text);

        if (lead !== null) expect(text).toContain(String(Math.abs(lead.before)));
      }),
    );
  });
});
