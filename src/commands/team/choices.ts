/** What options of plans may hold, with every text by which it is found. */
import { LENGTH_KINDS } from '../../domain/team/length.ts';
import type { Words } from '../../message/words.ts';
import { type Candidate, candidate } from '../match.ts';

export const EXPORT_FORMATS = ['csv', 'ics', 'markdown'] as const;

export const BOARD_VIEWS = ['overview', 'mine', 'unclaimed', 'late', 'cluster'] as const;
export type BoardView = (typeof BOARD_VIEWS)[number];

export function formatsIn(words: Words): readonly Candidate[] {
  return EXPORT_FORMATS.map((format) => candidate(format, words(`team.format.${format}`)));
}

export function viewsIn(words: Words): readonly Candidate[] {
  return BOARD_VIEWS.map((view) => candidate(view, words(`team.view.${view}`)));
}

export function lengthKindsIn(words: Words): readonly Candidate[] {
  return LENGTH_KINDS.map((kind) => candidate(kind, words(`length.kind.${kind}`)));
}
