/** What a channel reads once a week, and the one line after a month in which it read nothing. */
import type { Digest } from '../domain/alerts/digest.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Change } from '../domain/calendar/diff.ts';
import type { Day } from '../domain/time.ts';
import type { Draft } from './build.ts';
import { changeKey, changeLines, deadlineOf } from './change-lines.ts';
import type { Voice } from './content.ts';
import type { HandsWanted } from './content-team.ts';
import { aheadLine, passedLine } from './date-line.ts';
import { dayInline } from './dates.ts';
import { handsLines } from './format-nag.ts';
import { bucket, groupDeadlines } from './group.ts';
import { listItem, plainText, section } from './inline.ts';
import type { Line } from './message.ts';
import { sourceFooter } from './sources.ts';

/** Lines of each part; a digest is read on a phone. */
const MOST = { ahead: 12, changed: 8, estimated: 8 };

/** What is ahead, what changed, what is estimated, each in time order; then the tasks of teams that nobody has. */
export function formatDigest({ ahead, changed, estimated }: Digest, hands: readonly HandsWanted[], voice: Voice): Draft {
  const { words } = voice;
  return {
    tone: 'info',
    title: words('digest.title'),
    body: [
      ...section(
        words('digest.ahead'),
        upTo(
          MOST.ahead,
          groupDeadlines(ahead).map((group) => aheadLine(group, 'named', voice)),
          voice,
        ),
      ),
      ...section(words('digest.changed'), changes(changed, voice)),
      ...section(
        words('digest.estimated'),
        upTo(
          MOST.estimated,
          groupDeadlines(estimated).map((group) => passedLine(group, 'named', voice)),
          voice,
        ),
      ),
      ...handsLines(hands, voice),
    ],
    footer: footerOf(ahead.length + changed.length === 0 ? estimated : ahead, changed, voice),
  };
}

/** Nothing where there are only tasks: those have no source. */
function footerOf(dates: readonly Deadline[], changed: readonly Change[], voice: Voice): Line {
  const facts = [...dates, ...changed.map((change) => (change.about === 'review' ? change.event : deadlineOf(change)))];
  return facts.length === 0 ? [] : sourceFooter(facts, voice);
}

function changes(changed: readonly Change[], voice: Voice): readonly Line[] {
  const groups = bucket(changed, changeKey);
  const shown = groups.slice(0, MOST.changed).flatMap((group) =>
    changeLines(group, voice)
      .slice(0, 1)
      .map((line) => listItem(line, voice.words)),
  );
  return [...shown, ...moreLine(groups.length - MOST.changed, voice)];
}

function upTo(most: number, lines: readonly Line[], voice: Voice): readonly Line[] {
  return [...lines.slice(0, most), ...moreLine(lines.length - most, voice)];
}

function moreLine(left: number, { words }: Voice): readonly Line[] {
  return left > 0 ? [plainText(words('digest.more', { count: left }))] : [];
}

/** Still watching, nothing due, last checked. */
export function formatSilence(checked: Day | null, { words }: Voice): Draft {
  const looked = checked === null ? words.line('silence.never-checked') : words.line('silence.checked', { day: dayInline(checked, 'short', words) });
  return { tone: 'quiet', title: words('silence.title'), body: [looked] };
}
