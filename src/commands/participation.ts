import { avenueDates } from '../domain/calendar/avenues.ts';
import { currentCycle, isOpen, offPath } from '../domain/calendar/participation.ts';
import { formatParticipation } from '../message/format-participation.ts';
import { given, type Run } from './asked.ts';
import { cycleOf, stateOf } from './read-options.ts';

/** Every State of the cycle whose review is off the ordinary path; of an earlier cycle, or of one State, also what is settled. */
export const runParticipation: Run = async (ask) => {
  const [asked, state] = [cycleOf(ask), stateOf(ask)];
  const { picture, now } = ask;
  const cycle = asked ?? currentCycle(picture, now);
  const all = offPath(picture, asked, now).filter((entry) => state === null || entry.state === state.code);
  const reviews = asked === null && state === null ? all.filter(isOpen) : all;
  const dates = avenueDates(picture.deadlines.values(), now);
  const message = formatParticipation({ cycle, state: state?.code ?? null, reviews, dates }, ask.voice);
  return { message, audience: 'asker', again: { command: 'participation', options: given({ cycle: asked, state: state?.code }) } };
};
