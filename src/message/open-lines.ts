/** What stays open to stakeholders when a review stalls, and what is not known. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { StaysOpen } from '../domain/calendar/participation.ts';
import { certaintyText } from './certainty.ts';
import type { Voice } from './content.ts';
import { officialDate } from './dates.ts';
import { plainText } from './inline.ts';
import type { Line } from './message.ts';
import { sourceLinks } from './sources.ts';

/** Until when submissions stand, or what is known in place of a date. */
export function submissionLine({ submission, suspended }: Pick<StaysOpen, 'submission' | 'suspended'>, voice: Voice): Line {
  if (submission !== null) return standsUntil(submission, voice);
  return plainText(voice.words(suspended ? 'open.suspended' : 'open.no-date'));
}

function standsUntil(submission: Deadline, voice: Voice): Line {
  return voice.words.line('open.submission', {
    date: officialDate(submission, voice),
    certainty: certaintyText(submission, voice),
    source: sourceLinks(submission.source, voice),
  });
}

/** The two documents that the State does not write. */
export function documentsLine({ words }: Voice): Line {
  return plainText(words('open.documents'));
}
