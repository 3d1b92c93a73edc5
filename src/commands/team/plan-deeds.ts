/** What the buttons and forms of plans do. The seat is looked at with each press. */
import { formatNotHere } from '../../message/format-team.ts';
import type { Deed } from '../deeds.ts';
import { closeForm, closeNow } from './close.ts';
import { keepNow, moveNow } from './move.ts';
import { runPost } from './plan-new.ts';

const ON_A_PLAN = { needs: 'nothing', takesArgument: true } as const;

export const PLAN_DEEDS: Readonly<Record<string, Deed>> = {
  post: { ...ON_A_PLAN, run: runPost },
  'not-here': { needs: 'nothing', run: async ({ voice }) => ({ message: formatNotHere(voice), audience: 'asker', again: null }) },
  'move-yes': { ...ON_A_PLAN, run: moveNow },
  'move-no': { ...ON_A_PLAN, run: keepNow },
  close: { ...ON_A_PLAN, run: closeForm },
  'close-now': { ...ON_A_PLAN, by: 'form', run: closeNow },
};
