import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signatureFault, signFeed } from '../../../src/calendar/feed/signature.ts';
import { printKeys } from '../../../src/cli/calendar-keys.ts';
import type { Io } from '../../../src/cli/io.ts';
import { keysJson } from '../../../src/cli/output.ts';
import { loadConfig } from '../../../src/config.ts';
import { aClock } from '../../support/a-clock.ts';

function printed(json: boolean): string {
  const written: string[] = [];
  const io: Io = {
    ...{ env: {}, clock: aClock(0), write: (text) => void written.push(text), warn: () => undefined, isTerminal: false, columns: 80 },
    ...{ fail: () => undefined, configFolder: '', ask: async () => null, onSignal: () => undefined },
  };
  printKeys(io, { json });
  return written.join('');
}

const loaded = (env: Record<string, string>) => loadConfig({ env, folder: join(import.meta.dirname, '../../../config'), platforms: ['console'] });

test('A pair is two lines of an .env: what one bot signs with the first, the other takes by the second', () => {
  const env = Object.fromEntries([...printed(false).matchAll(/^(CALENDAR_\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]));
  const { signingKey, feed } = loaded({ ...env, CALENDAR_FEED_URL: 'https://upr.example/calendar.json' });
  const bytes = Buffer.from('{}');

  expect(Object.keys(env)).toEqual(['CALENDAR_SIGNING_KEY', 'CALENDAR_FEED_KEY']);
  expect(signatureFault(bytes, signFeed(bytes, signingKey as KeyObject), feed?.key as KeyObject)).toBeNull();
});

test('A pair is another one each time, and JSON for a program', () => {
  const [one, other] = [printed(true), printed(true)].map((text) => keysJson.parse(JSON.parse(text)));

  expect(one?.signingKey).not.toBe(other?.signingKey);
  const key = loaded({ CALENDAR_SIGNING_KEY: one?.signingKey ?? '' }).signingKey as KeyObject;
  expect(createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')).toBe(one?.feedKey);
});
