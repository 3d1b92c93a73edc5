import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { makeAdapter, PLATFORM_NAMES, schemaOf } from '../../../src/adapters/adapters.ts';
import { neutralise, render } from '../../../src/adapters/console/render.ts';
import { createLog } from '../../../src/lib/log.ts';
import { message } from '../../../src/message/build.ts';
import type { Message } from '../../../src/message/message.ts';
import { NO_VAULT } from '../../../src/vault.ts';
import { aVoice } from '../../support/a-voice.ts';

const TARGET = { installation: 'console', channel: 'console' };
const signal = new AbortController().signal;

function aMessage(more: Partial<Parameters<typeof message>[0]> = {}): Message {
  return message({
    tone: 'soon',
    title: 'Kenya: stakeholder submission due in 7 days',
    body: [[{ type: 'text', text: 'Friday, 17 July 2026, Geneva; hour not published' }]],
    fields: [{ name: 'Certainty', value: [{ type: 'text', text: 'published' }] }],
    footer: [
      { type: 'text', text: 'Source: ' },
      { type: 'link', text: 'ohchr.org', url: 'https://www.ohchr.org/upr' },
    ],
    ...more,
  });
}

async function aConsole(settings: object = {}, isTerminal = false) {
  const written: string[] = [];
  const adapter = await makeAdapter('console', settings, {
    ...{ write: (text) => void written.push(text), isTerminal },
    ...{ log: createLog('silent'), words: () => aVoice().words, refused: () => undefined, vault: NO_VAULT, stateSecret: null },
  });
  return { adapter, written };
}

describe('The console', () => {
  test('writes a message as a person reads it: title, body, fields, footer, addresses, an empty line', async () => {
    const { adapter, written } = await aConsole();
    await adapter.post(TARGET, aMessage(), { key: 'k1', signal });
    expect(written.join('')).toBe(
      [
        'Kenya: stakeholder submission due in 7 days',
        '  Friday, 17 July 2026, Geneva; hour not published',
        '  Certainty: published',
        '  Source: ohchr.org [1]',
        '  [1] https://www.ohchr.org/upr',
        '',
        '',
      ].join('\n'),
    );
  });

  test('lays the further lines of a list item under its text', () => {
    const item = { type: 'text', text: `• ${'seventeen letters '.repeat(4)}` } as const;

    const lines = render(aMessage({ title: 'Kenya', body: [[item]] }), { width: 40, styled: false }).split('\n');

    expect(lines.slice(1, 3)).toEqual(['  • seventeen letters seventeen letters', '    seventeen letters seventeen letters']);
  });

  test('answers a post with a reference made of its key', async () => {
    const { adapter } = await aConsole();
    expect(await adapter.post(TARGET, aMessage(), { key: 'k1', signal })).toEqual({ ref: { target: TARGET, id: 'k1' }, room: null });
  });

  test('knows who it is and has no time of its own, misses no right, and would repeat at once', async () => {
    const { adapter } = await aConsole();
    expect(await adapter.verify()).toEqual({ identity: 'console', serverTime: null });
    expect(await adapter.check(TARGET)).toEqual({ missing: [], everyoneReads: null });
    expect(adapter.repeatSafeMs(TARGET)).toBe(0);
  });

  test('uses colour in a terminal only, and only if wanted', async () => {
    for (const [color, isTerminal, coloured] of [
      [true, true, true],
      [true, false, false],
      [false, true, false],
    ] as const) {
      const { adapter, written } = await aConsole({ color }, isTerminal);
      await adapter.post(TARGET, aMessage(), { key: 'k', signal });
      expect(written.join('').includes('\u001b[')).toBe(coloured);
    }
  });

  test('writes nothing once it is told to stop', async () => {
    const { adapter, written } = await aConsole();
    const stopped = AbortSignal.abort();
    await expect(adapter.post(TARGET, aMessage(), { key: 'k', signal: stopped })).rejects.toThrow(ChatError);
    expect(written).toEqual([]);
  });

  test('changes nothing that it wrote, and writes nothing in its place', async () => {
    const { adapter, written } = await aConsole();
    await expect(adapter.edit({ target: TARGET, id: 'k' }, aMessage({ title: 'Changed' }), { signal })).rejects.toMatchObject({ reason: 'rejected' });
    expect(written).toEqual([]);
  });
});

describe('Text in a terminal', () => {
  test('is wrapped to the width, without breaking a word', () => {
    const text = render(aMessage({ body: [[{ type: 'text', text: 'word '.repeat(60) }]], footer: [] }), { width: 40, styled: false });
    expect(text.split('\n').every((line) => line.length <= 44)).toBe(true);
    expect(text.match(/word/g)).toHaveLength(60);
  });

  test('cannot steer the terminal or turn the direction of writing', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('a', ' ', '\u001b[2J', '\u0007', '\u009b', '\r', '\n', '\u202e', '\u2066', '\u2069', '\u202a'),
    });
    fc.assert(
      fc.property(hostile, hostile, (title, body) => {
        const text = render(aMessage({ title, body: [[{ type: 'bold', text: body }]] }), { width: 80, styled: false });
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  test('keeps every other letter', () => {
    expect(neutralise('Türkiye, Côte d’Ivoire, الاستعراض, 普遍定期审议')).toBe('Türkiye, Côte d’Ivoire, الاستعراض, 普遍定期审议');
  });
});

describe('The list of platforms', () => {
  test('has a schema for each, and refuses settings that do not fit', async () => {
    for (const name of PLATFORM_NAMES) expect(schemaOf(name).safeParse({ nonsense: true }).success).toBe(false);
    await expect(aConsole({ width: 3 })).rejects.toThrow();
  });
});

describe('A chat error', () => {
  test.each([
    ['rate-limited', true],
    ['unavailable', true],
    ['ambiguous', false],
    ['channel-gone', false],
    ['forbidden', false],
    ['installation-gone', false],
    ['rejected', false],
    ['fatal', false],
  ] as const)('of reason %s is retryable: %s', (reason, retryable) => {
    expect(new ChatError(reason, { retryAfterMs: 5 })).toMatchObject({ reason, retryable, retryAfterMs: 5 });
    expect(new ChatError(reason).retryAfterMs).toBeNull();
  });
});
