import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeal, derivedSecret, readKeys, SealError } from '../../../src/lib/seal.ts';

const [NEW, OLD] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const SECRET = 'xoxb-a-token';
const seal = createSeal([NEW]);

function whyNot(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    expect(String(cause)).not.toContain(SECRET);
    if (cause instanceof SealError) return cause.reason;
    throw cause;
  }
  return 'opened';
}

describe('A seal', () => {
  test('opens what it sealed, whatever the text, for whom it was sealed alone', () => {
    const about = fc.string();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), about, about, (secret, about, other) => {
        const sealed = seal.seal(secret, about);
        expect(seal.open(sealed, about)).toBe(secret.toWellFormed());
        if (other !== about) expect(whyNot(() => seal.open(sealed, other))).toBe('damaged');
      }),
    );
  });

  test('never gives the same twice, and nothing of the text', () => {
    const sealed = [seal.seal(SECRET, 'slack/T1'), seal.seal(SECRET, 'slack/T1')];

    expect(new Set(sealed).size).toBe(2);
    for (const one of sealed) expect(one).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]{16}$/);
  });

  test('refuses a row that was moved to another team', () => {
    expect(whyNot(() => seal.open(seal.seal(SECRET, 'slack/T1'), 'slack/T2'))).toBe('damaged');
  });

  test('refuses what was changed by one character anywhere, and what is shorter or longer', () => {
    const sealed = seal.seal(SECRET, 'slack/T1');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(whyNot(() => seal.open(changed, 'slack/T1'))).toMatch(/damaged|unknown-key/);
      expect(whyNot(() => seal.open(sealed.slice(0, at), 'slack/T1'))).toBe('damaged');
    }
    const parts = sealed.split('.');
    for (const others of [[...parts, ''], parts.slice(0, 4), ['v2', ...parts.slice(1)], parts.map(() => '')])
      expect(whyNot(() => seal.open(others.join('.'), 'slack/T1'))).toBe('damaged');
    for (const nothing of ['', '.', 'xoxb-in-the-clear', `${sealed}=`, ` ${sealed}`]) expect(whyNot(() => seal.open(nothing, 'slack/T1'))).toBe('damaged');
  });

  test('refuses every tag that is cut short, though GCM would take one', () => {
    const [version, id, iv, tag = '', data] = seal.seal(SECRET, 'slack/T1').split('.');
    const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');

    expect(whyNot(() => seal.open([version, id, iv, short, data].join('.'), 'slack/T1'))).toBe('damaged');
  });

  test('opens with every key and seals with the first; without the key it says so', () => {
    const sealed = createSeal([OLD]).seal(SECRET, 'slack/T1');
    const rotating = createSeal([NEW, OLD]);

    expect([rotating.open(sealed, 'slack/T1'), rotating.isOld(sealed)]).toEqual([SECRET, true]);
    const anew = rotating.seal(SECRET, 'slack/T1');
    expect([seal.open(anew, 'slack/T1'), rotating.isOld(anew)]).toEqual([SECRET, false]);
    expect(whyNot(() => seal.open(sealed, 'slack/T1'))).toBe('unknown-key');
    expect(() => createSeal([])).toThrow('needs a key');
  });

  test('has another secret for each purpose and key', () => {
    const secrets = [derivedSecret(NEW, 'one'), derivedSecret(NEW, 'two'), derivedSecret(OLD, 'one')];

    expect(new Set(secrets).size).toBe(3);
    expect(derivedSecret(NEW, 'one')).toBe(secrets[0]);
  });
});

describe('Keys', () => {
  const key = randomBytes(32);

  test.each([
    ['hex', key.toString('hex')],
    ['HEX', key.toString('hex').toUpperCase()],
    ['base64', ` ${key.toString('base64')} `],
  ])('are read from %s', (_, text) => {
    expect(readKeys(text)).toEqual([key]);
  });

  test('are several, separated by commas', () => {
    expect(readKeys(`${key.toString('base64')}, ${OLD.toString('hex')}`)).toEqual([key, OLD]);
  });

  test.each([
    ['', 1],
    ['a', 1],
    [key.toString('hex').slice(1), 1],
    [randomBytes(16).toString('base64'), 1],
    [`${key.toString('hex')},`, 2],
    [`${key.toString('hex')},password`, 2],
  ])('%o is none', (text, which) => {
    expect(readKeys(text)).toBe(which);
  });
});
