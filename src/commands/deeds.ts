/** What buttons do beside asking again. The right to it is looked at with each press, and a button names no place: what is done is done where it is pressed. */
import type { ActionRequest, FormResponse, SubmitRequest } from '../adapters/adapter.ts';
import type { Answer, Ask } from './asked.ts';
import { isArgument, type PressedDeed } from './buttons.ts';
import { CORRECT_DEEDS } from './correct.ts';
import { FEED_DEEDS } from './feeds.ts';
import { mayManage } from './may-manage.ts';
import { PRIVACY_DEEDS } from './privacy.ts';
import { BOARD_DEEDS } from './team/board.ts';
import { BRIDGE_DEEDS } from './team/bridge.ts';
import { PLAN_DEEDS } from './team/plan-deeds.ts';
import { TASK_DEEDS } from './team/task-deeds.ts';
import { UserError } from './user-error.ts';

/** By the command or the group whose they are, and their name. */
export type Deeds = Readonly<Record<string, Readonly<Record<string, Deed>>>>;

export const DEEDS: Deeds = {
  ...{ correct: CORRECT_DEEDS, feeds: FEED_DEEDS, privacy: PRIVACY_DEEDS },
  ...{ plan: PLAN_DEEDS, task: TASK_DEEDS, board: BOARD_DEEDS, bridge: BRIDGE_DEEDS },
};

/** Who does it and where, what it is done to, and what was chosen in a select; both empty where the deed takes none. The fields of a form are its options. */
export interface DeedAsk extends Ask {
  readonly argument: string;
  readonly chosen: string;
}

interface AnyDeed {
  /** Whoever may change what a channel hears may do what is of the channel; what is of all is for those who may change all. */
  readonly needs: 'nothing' | 'channel' | 'all';
  /** It is done to something that the button names; without it, or with one where it takes none, it is not done. */
  readonly takesArgument?: boolean;
}

/** A form may ask on: its id is that of the deed which takes what was filled in ({@link FilledDeed}). */
interface PressedOnce extends AnyDeed {
  /** A button, unless said otherwise. */
  readonly by?: 'button' | 'select';
  readonly run: (ask: DeedAsk) => Promise<Answer | FormResponse>;
}

/** Done by sending a form, and by no button. */
interface FilledDeed extends AnyDeed {
  readonly by: 'form';
  readonly run: (ask: DeedAsk) => Promise<Answer>;
}

export type Deed = PressedOnce | FilledDeed;

/** What a deed is asked with. */
export type Given = Pick<DeedAsk, 'argument' | 'chosen' | 'options'>;

/** Null for one that there is not, and for one that is not done in this way or with this. */
export function deedOf(deeds: Deeds, pressed: PressedDeed, request: ActionRequest | SubmitRequest): { readonly deed: Deed; readonly given: Given } | null {
  const ofCommand = Object.hasOwn(deeds, pressed.command) ? deeds[pressed.command] : undefined;
  const deed = ofCommand !== undefined && Object.hasOwn(ofCommand, pressed.what) ? ofCommand[pressed.what] : undefined;
  if (deed === undefined || (deed.takesArgument ?? false) !== (pressed.argument !== '')) return null;
  const { by = 'button' } = deed;
  const { argument } = pressed;
  if (request.type === 'submit') return by === 'form' ? { deed, given: { argument, chosen: '', options: request.values } } : null;
  const [chosen = '', ...others] = request.values;
  const fits = by === 'select' ? isArgument(chosen) && others.length === 0 : by === 'button' && request.values.length === 0;
  return fits ? { deed, given: { argument, chosen, options: {} } } : null;
}

/** @throws UserError that says whose right it is. */
export function demandRight({ needs }: Deed, ask: Ask): void {
  const { platform } = ask;
  if (needs === 'channel' && !mayManage(ask)) throw new UserError(ask.words('answer.no-right', { platform }));
  if (needs === 'all' && ask.by.may !== 'all') throw new UserError(ask.words('answer.no-right-to-all', { platform }));
}
