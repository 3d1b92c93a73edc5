/** One date as one line of a list. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { whenKey } from '../domain/calendar/when.ts';
import { certaintyText, doubtText } from './certainty.ts';
import type { DeadlineGroup, Voice } from './content.ts';
import { briefDate, officialDate, timeLeft } from './dates.ts';
import { bold, joinLines, listItem, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { stateList, statesOf, whoOf } from './names.ts';
import { checkedLine, type Sourced, sourceLinks, sourcesWithClass } from './sources.ts';

/** Whether a line names its States, or stands under a heading that does. */
export type Naming = 'named' | 'implied';

/** Official date, what, whose, how sure, how long is left, by whose word and when checked. */
export function dateLine(group: DeadlineGroup, naming: Naming, voice: Voice): Line {
  const { deadlines } = group;
  const sources = sourcesWithClass(
    deadlines.flatMap(({ source }) => source),
    voice,
  );
  const word = joinLines([sources, checkedLine(oldestCheck(deadlines), voice)], voice.words('list.comma'));
  return listItem(joinLines([...dateParts(group, naming, voice), word], voice.words('separator')), voice.words);
}

/** The same where the sources of all lines stand below them. */
export function aheadLine(group: DeadlineGroup, naming: Naming, voice: Voice): Line {
  return listItem(joinLines(dateParts(group, naming, voice), voice.words('separator')), voice.words);
}

function dateParts(group: DeadlineGroup, naming: Naming, voice: Voice): readonly Line[] {
  const { sample } = group;
  const left = timeLeft(sample, voice.reader.now, voice.words);
  return [
    officialDate(sample, voice),
    [bold(voice.words(`kind.${sample.kind}`))],
    whoseOf(group, naming, voice),
    plainText(certaintyText(sample, voice)),
    left === null ? [] : plainText(left),
    ...claimLines(sample, 'part', voice),
  ];
}

/** A date in few words, for what is over or does not stand: `17 July 2026 · national report · Kenya`. */
export function passedLine(group: DeadlineGroup, naming: Naming, voice: Voice): Line {
  const what = plainText(voice.words(`kind.${group.sample.kind}`));
  const doubt = doubtText(group.sample, voice);
  const parts = [briefDate(group.sample.when, voice.words), what, whoseOf(group, naming, voice), doubt === null ? [] : plainText(doubt)];
  return listItem(joinLines(parts, voice.words('separator')), voice.words);
}

/** Names of the States, or the session where a date has none. */
function whoseOf({ deadlines }: DeadlineGroup, naming: Naming, voice: Voice): Line {
  const states = statesOf(deadlines);
  if (states.length === 0) return plainText(whoOf(deadlines, voice));
  if (naming === 'implied') return [];
  const names = stateList(states, voice);
  const session = deadlines[0]?.session ?? null;
  return plainText(states.length === 1 || session === null ? names : voice.words('names.of-session', { names, session }));
}

function oldestCheck(deadlines: readonly Deadline[]): Sourced & Deadline {
  return deadlines.reduce((oldest, deadline) => ((deadline.checked ?? '') < (oldest.checked ?? '') ? deadline : oldest));
}

/** Values that other sources give for the same date, so that a difference is always seen; one of equal standing is said to be. */
export function claimLines(deadline: Deadline, style: 'sentence' | 'part' | 'value', voice: Voice): readonly Line[] {
  const rival = deadline.contested === undefined ? null : whenKey(deadline.contested.other.when);
  return deadline.disagrees.map((claim) =>
    voice.words.line(whenKey(claim.when) === rival ? `claim.contested.${style}` : `claim.${style}`, {
      date: briefDate(claim.when, voice.words),
      source: sourceLinks(claim.source, voice),
    }),
  );
}
