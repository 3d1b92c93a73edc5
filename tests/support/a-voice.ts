import { readFileSync } from 'node:fs';
import { atWallClock, GENEVA } from '../../src/domain/time.ts';
import type { Marks, Reader, Voice } from '../../src/message/content.ts';
import { type Catalogue, createWords } from '../../src/message/words.ts';
import { someFacts } from './a-calendar.ts';

export const ENGLISH = JSON.parse(readFileSync(new URL('../../config/locales/en.json', import.meta.url), 'utf8')) as Catalogue;
const WORDS = createWords('en', ENGLISH);

/** Nine in the morning in Geneva. */
export function at(day: string, time = '09:00'): number {
  return atWallClock(day, time, GENEVA);
}

/** A reader in Geneva on the morning of 10 July 2026, a week before {@link aDeadline}. */
export function aVoice(more: Partial<Reader> = {}): Voice {
  return {
    words: WORDS,
    reader: { now: at('2026-07-10'), zone: GENEVA, locale: 'en', discreet: false, mentionRole: null, facts: someFacts(), ...more },
  };
}

export const ON_TIME: Marks = { mayBeRepeat: false, late: null };
