/** One page as it is asked for: in which words, for whom, and how it links to others. */
import type { Picture } from '../domain/calendar/diff.ts';
import type { Instant } from '../domain/time.ts';
import type { DeadlineAnswer, NextAnswer, ParticipationAnswer, SessionAnswer, StateAnswer, Voice } from '../message/content.ts';
import type { Message } from '../message/message.ts';
import type { Words } from '../message/words.ts';
import { type FilterName, type Filters, queryOf } from './filters.ts';
import type { Html } from './html-lines.ts';

export type Direction = 'ltr' | 'rtl';

/** The same questions that a chat asks, answered by the same rooms. */
export interface Answers {
  next(picture: Picture, filters: Filters, now: Instant): NextAnswer;
  state(picture: Picture, code: string): StateAnswer;
  session(picture: Picture, number: number): SessionAnswer;
  participation(picture: Picture, now: Instant): ParticipationAnswer;
  history(deadline: string): Promise<DeadlineAnswer['history']>;
}

/** What platforms would be sent for a message. */
export interface Payloads {
  readonly discord: unknown;
  readonly slack: unknown;
}

export interface View {
  readonly voice: Voice;
  readonly words: Words;
  readonly now: Instant;
  readonly direction: Direction;
  readonly picture: Picture;
  readonly answers: Answers;
  /** What a message looks like on its way to each platform. */
  readonly payloads: (message: Message) => Payloads;
  readonly filters: Filters;
  /** What the address asked for and could not have. */
  readonly faults: readonly FilterName[];
  /** Offered as the reader's own. */
  readonly zones: readonly { readonly value: string; readonly label: string }[];
  /** Where this site is reached, without a path. */
  readonly origin: string;
}

/** A page as it is answered. */
export interface Page {
  readonly status: 200 | 400 | 404;
  readonly title: string;
  /** The part of the site it belongs to; null = none of those that the head of a page names. */
  readonly part: string | null;
  readonly body: Html;
}

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'dv', 'ckb', 'ug', 'yi']);

export function directionOf(locale: string): Direction {
  return RIGHT_TO_LEFT.has(locale.split('-')[0] ?? locale) ? 'rtl' : 'ltr';
}

/** A page of this site; the reader's zone goes along. */
export function hrefOf(path: string, { filters: { zone } }: Pick<View, 'filters'>, more: Partial<Filters> = {}): string {
  return `${path}${queryOf({ ...more, zone })}`;
}

export const deadlinePath = (id: string) => `/deadlines/${encodeURIComponent(id)}`;
export const statePath = (code: string) => `/states/${encodeURIComponent(code)}`;
/** How a message about one date looks. */
export function previewOf(id: string, { filters: { zone } }: Pick<View, 'filters'>): string {
  return `/preview?date=${encodeURIComponent(id)}${queryOf({ zone }).replace('?', '&')}`;
}

export const sessionPath = (number: number) => `/sessions/${number}`;
