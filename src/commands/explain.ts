import { formatTerm } from '../message/format-term.ts';
import type { Run } from './asked.ts';
import { required, termOf } from './read-options.ts';
import { TERMS } from './terms.ts';

/** What a term of the review means, who acts, and when. */
export const runExplain: Run = async (ask) => {
  const id = required(termOf(ask), 'term', ask);
  const source = TERMS.find((term) => term.id === id)?.source ?? null;
  return { message: formatTerm({ id, source }, ask.words), audience: 'asker', again: { command: 'explain', options: { term: id } } };
};
