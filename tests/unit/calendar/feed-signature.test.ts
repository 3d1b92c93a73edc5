import { generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeedKey, readSigningKey, signatureFault } from '../../../src/calendar/feed/signature.ts';
import { ConfigError, loadConfig } from '../../../src/config.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const LINE = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const RAW = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
const BYTES = Buffer.from('{"format":"upr-watch-calendar"}');
const SIGNATURE = sign(null, BYTES, privateKey).toString('base64');
const FOLDER = join(import.meta.dirname, '../../../config');

function configOf(env: Record<string, string>) {
  try {
    return loadConfig({ env, folder: FOLDER, platforms: ['console'] }).feed;
  } catch (cause) {
    if (cause instanceof ConfigError) return cause.message;
    throw cause;
  }
}

describe('The key of a feed', () => {
  test.each([
    ['PEM', PEM],
    ['the line in the middle of PEM', LINE],
    ['the bare key', RAW],
    ['with white space', ` ${RAW}\n`],
  ])('is read as %s', (_form, typed) => {
    const key = readFeedKey(typed);

    expect(typeof key === 'string' ? key : key.equals(publicKey)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['no key', 'hunter2'],
    ['too short', Buffer.alloc(31).toString('base64')],
    ['another kind', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['another curve', generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
    ['spoilt PEM', PEM.replace('MCow', 'MCox')],
  ])('that is none is said without being repeated: %s', (_what, typed) => {
    expect(readFeedKey(typed)).toBe('is not a public Ed25519 key; write what `openssl pkey -in key.pem -pubout` prints, or its line in the middle');
  });

  test('is not the private one', () => {
    expect(readFeedKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toMatch(/^is a private key/);
  });
});

describe('The key that signs', () => {
  const PKCS8 = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

  test.each([
    ['PEM', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['the line in the middle of PEM', PKCS8],
    ['with white space', ` ${PKCS8}\n`],
  ])('is read as %s', (_form, typed) => {
    const key = readSigningKey(typed);

    expect(typeof key === 'string' ? key : key.equals(privateKey)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['no key', 'hunter2'],
    ['the public one', PEM],
    ['the line of the public one', LINE],
    ['another kind', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['another curve', generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')],
  ])('that is none is said without being repeated: %s', (_what, typed) => {
    expect(readSigningKey(typed)).toBe('is not a private Ed25519 key; make one with: upr-watch calendar keys');
  });
});

describe('A signature', () => {
  test('by the key over these bytes is right', () => {
    expect(signatureFault(BYTES, SIGNATURE, publicKey)).toBeNull();
  });

  test('is missed where it is not there', () => {
    expect(signatureFault(BYTES, null, publicKey)).toBe('is not signed, though CALENDAR_FEED_KEY asks for a signature');
  });

  test.each([
    ['over other bytes', sign(null, Buffer.from('{}'), privateKey).toString('base64')],
    ['by another key', sign(null, BYTES, generateKeyPairSync('ed25519').privateKey).toString('base64')],
    ['cut short', SIGNATURE.slice(0, 40)],
    ['empty', ''],
    ['no base64', '<script>'],
    ['two of them', `${SIGNATURE}, ${SIGNATURE}`],
    ['all zero', Buffer.alloc(64).toString('base64')],
  ])('%s is refused', (_what, signature) => {
    expect(signatureFault(BYTES, signature, publicKey)).toBe('is signed, but not by the key of CALENDAR_FEED_KEY');
  });

  test('does not survive one changed bit', () => {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(BYTES);
      changed[5] = (changed[5] ?? 0) ^ (1 << bit);
      expect(signatureFault(changed, SIGNATURE, publicKey)).not.toBeNull();
    }
  });
});

describe('The settings of a feed', () => {
  const URL = 'https://upr.example/calendar.json';

  test('follow none where they are empty, and any that is named, signed or not', () => {
    expect(configOf({})).toBeNull();
    expect(configOf({ CALENDAR_FEED_URL: '', CALENDAR_FEED_KEY: '' })).toBeNull();
    expect(configOf({ CALENDAR_FEED_URL: URL })).toEqual({ url: URL, key: null });
    expect(configOf({ CALENDAR_FEED_URL: URL, CALENDAR_FEED_KEY: RAW })).toMatchObject({ url: URL, key: { type: 'public' } });
  });

  test.each(['http://upr.example/calendar.json', 'upr.example', 'file:///etc/passwd'])('refuse %s', (url) => {
    expect(configOf({ CALENDAR_FEED_URL: url })).toBe('CALENDAR_FEED_URL: is not an https address; write https://…/calendar.json, or leave it empty');
  });

  test('refuse a key that is none', () => {
    expect(configOf({ CALENDAR_FEED_URL: URL, CALENDAR_FEED_KEY: 'hunter2' })).toMatch(/^CALENDAR_FEED_KEY: is not a public Ed25519 key/);
  });
});
