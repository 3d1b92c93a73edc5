import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createWords } from '../../../src/message/words.ts';
import { ENGLISH } from '../../support/a-voice.ts';

const SRC = new URL('../../../src/', import.meta.url);
const FOLDERS = ['message', 'commands', 'web', 'cli', 'alerts', 'adapters'];

function sources(folder: string): readonly string[] {
  try {
    const names = readdirSync(new URL(`${folder}/`, SRC), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.ts')).map((name) => readFileSync(new URL(`${folder}/${name}`, SRC), 'utf8'));
  } catch {
    return [];
  }
}

const code = FOLDERS.flatMap(sources)
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\//g, '');
const keys = Object.keys(ENGLISH);
/** Quoted strings that look like a key of the catalogue, and the beginnings and ends of those that are put together. */
const written = new Set([...code.matchAll(/'([a-z][a-z_-]*(?:\.[a-z_-]+)*)'/g)].map((match) => match[1] ?? ''));
const families = [...code.matchAll(/`([a-z-]+(?:\.[a-z-]+)*\.)\$\{/g)].map((match) => match[1] ?? '');
const called = new Set([...code.matchAll(/words(?:\.line|\.has)?\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''));

describe('The catalogue', () => {
  test('has every key that the code names', () => {
    expect([...called].filter((key) => !(key in ENGLISH))).toEqual([]);
    expect(called.size).toBeGreaterThan(50);
  });

  test('has no key that the code does not use', () => {
    expect(keys.filter((key) => !written.has(key) && !families.some((family) => key.startsWith(family)))).toEqual([]);
  });

  test('has words for every family of keys that the code puts together', () => {
    expect(families.filter((family) => !keys.some((key) => key.startsWith(family)))).toEqual([]);
  });

  test('never says that a State refused', () => {
    expect(keys.filter((key) => /refus|reject|shadow|boycott/i.test(ENGLISH[key] ?? ''))).toEqual([]);
  });
});

describe('The code of the formatter', () => {
  test('holds no English sentence of its own', () => {
    const strings = sources('message').flatMap((text) => [
      ...text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/throw new Error\(.*\)/g, '')
        .matchAll(/'([^'\n]*)'|`([^`\n]*)`/g),
    ]);
    const texts = strings.map((match) => (match[1] ?? match[2] ?? '').replace(/\$\{[^}]*\}/g, ''));
    expect(texts.filter((text) => /[A-Za-z]{2,} [A-Za-z]{2,}/.test(text))).toEqual([]);
  });
});

describe('Words', () => {
  const words = createWords('en', { hello: 'Hello {name}', days: '{count, plural, one {# day} other {# days}}', strong: '<b>{name}</b> came' });

  test('say a message with its values', () => {
    expect(words('days', { count: 1 })).toBe('1 day');
    expect(words('days', { count: 2 })).toBe('2 days');
  });

  test('throw with the name of a key that is missing', () => {
    expect(() => words('absent.key')).toThrow('absent.key');
  });

  test('throw with the name of the key when a value is missing', () => {
    expect(() => words('hello')).toThrow('"hello"');
  });

  test('take a link as a value and keep it one', () => {
    const link = { type: 'link', text: 'ohchr.org', url: 'https://ohchr.org/' } as const;
    expect(words.line('hello', { name: link })).toEqual([{ type: 'text', text: 'Hello ' }, link]);
  });

  test('make bold only what the catalogue makes bold', () => {
    expect(words.line('strong', { name: '<b>x</b> {y}' })).toEqual([
      { type: 'bold', text: '<b>x</b> {y}' },
      { type: 'text', text: ' came' },
    ]);
  });
});
