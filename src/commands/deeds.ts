/** What buttons do beside asking again. The right to it is looked at with each press, and a button names no place: what is done is done where it is pressed. */
import type { Ask, Run } from './asked.ts';
import { CORRECT_DEEDS } from './correct.ts';
import { mayManage } from './may-manage.ts';
import { PRIVACY_DEEDS } from './privacy.ts';
import { UserError } from './user-error.ts';

const DEEDS: Readonly<Record<string, Readonly<Record<string, Deed>>>> = { correct: CORRECT_DEEDS, privacy: PRIVACY_DEEDS };

/** Whoever may change what a channel hears may do what is of the channel; what is of all is for those who may change all. */
export interface Deed {
  readonly needs: 'nothing' | 'channel' | 'all';
  readonly run: Run;
}

/** Null for one that there is not. */
export function deedOf(command: string, what: string): Deed | null {
  const ofCommand = Object.hasOwn(DEEDS, command) ? DEEDS[command] : undefined;
  return ofCommand !== undefined && Object.hasOwn(ofCommand, what) ? (ofCommand[what] ?? null) : null;
}

/** @throws UserError that says whose right it is. */
export function demandRight({ needs }: Deed, ask: Ask): void {
  const { platform } = ask;
  if (needs === 'channel' && !mayManage(ask)) throw new UserError(ask.words('answer.no-right', { platform }));
  if (needs === 'all' && ask.by.may !== 'all') throw new UserError(ask.words('answer.no-right-to-all', { platform }));
}
