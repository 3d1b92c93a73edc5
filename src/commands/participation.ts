import { avenueDates } from '../domain/calendar/avenues.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import { currentCycle, isOpen, offPath } from '../domain/calendar/participation.ts';
import type { Instant } from '../domain/time.ts';
import type { ParticipationAnswer } from '../message/content.ts';
import { formatParticipation } from '../message/format-participation.ts';
import { given, type Run } from './asked.ts';
import { cycleOf, stateOf } from './read-options.ts';

export const runParticipation: Run = async (ask) => {
  const [asked, state] = [cycleOf(ask), stateOf(ask)];
  const answer = participationAnswer(ask.picture, { cycle: asked, state: state?.code ?? null }, ask.now);
  const message = formatParticipation(answer, ask.voice);
  return { message, audience: 'asker', again: { command: 'participation', options: given({ cycle: asked, state: state?.code }) } };
};

/** Every State of the cycle whose review is off the ordinary path; of a cycle that is named, or of one State, also what is settled. */
export function participationAnswer(
  picture: Picture,
  asked: Pick<ParticipationAnswer, 'state'> & { readonly cycle: number | null },
  now: Instant,
): ParticipationAnswer {
  const { cycle, state } = asked;
  const all = offPath(picture, cycle, now).filter((entry) => state === null || entry.state === state);
  const reviews = cycle === null && state === null ? all.filter(isOpen) : all;
  return { cycle: cycle ?? currentCycle(picture, now), state, reviews, dates: avenueDates(picture.deadlines.values(), now) };
}
