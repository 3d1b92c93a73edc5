/** `/upr length`: a number of words against the limit. No text is asked for, so that none is stored. */
import { currentCycle } from '../../domain/calendar/participation.ts';
import { checkLength, LENGTH_KINDS } from '../../domain/team/length.ts';
import { formatLength } from '../../message/format-length.ts';
import type { Ask, Run } from '../asked.ts';
import { cycleOf, read, required, sessionOf } from '../read-options.ts';
import { UserError } from '../user-error.ts';
import { lengthKindsIn } from './choices.ts';
import { numberAsked } from './read-plan.ts';

const MOST_WORDS = 1_000_000;

export const runLength: Run = async (ask) => {
  const words = required(numberAsked(ask, 'words', MOST_WORDS), 'words', ask);
  const value = required(read(ask, 'kind', 'length-kind', lengthKindsIn(ask.words)), 'kind', ask);
  const kind = LENGTH_KINDS.find((one) => one === value);
  const limit = kind === undefined ? undefined : ask.deps.limits.get(kind);
  if (limit === undefined) throw new UserError(ask.words('length.none'));
  const message = formatLength(checkLength(limit, words, cycleAsked(ask)), ask.voice);
  return { message, audience: 'asker', again: { command: 'length', options: ask.options }, share: null };
};

/** The one that is named, or that of the session; else the present one. */
function cycleAsked(ask: Ask): number {
  const session = sessionOf(ask);
  const ofSession = session === null ? undefined : ask.facts.sessions.get(session)?.cycle;
  return cycleOf(ask) ?? ofSession ?? currentCycle(ask.picture, ask.now);
}
