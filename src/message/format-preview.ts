/** What a channel will hear, message by message. */
import type { Forecast } from '../domain/alerts/forecast.ts';
import type { Mute } from '../domain/alerts/mute.ts';
import type { Instant, Zone } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { timeLeft } from './dates.ts';
import { zoneName } from './days.ts';
import { mutedLine } from './format-mute.ts';
import { groupLeads, type LeadGroup } from './group.ts';
import { listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { digestLine, momentLine } from './moments.ts';
import { stateList, statesOf, whoOf } from './names.ts';

export interface PreviewAnswer {
  /** How many things the channel follows. */
  readonly follows: number;
  readonly zone: Zone;
  readonly messages: readonly Forecast[];
  /** Messages known to come later than those. */
  readonly more: number;
  readonly inAMonth: number;
  /** When the next digest is due; null when none is set. */
  readonly digest: Instant | null;
  /** Null where the channel is not muted now. */
  readonly mute: Mute | null;
  /** What is due and waits. */
  readonly waiting: number;
}

/** Dates that a line on one message names. */
const NAMED = 3;

/** Instants are in the zone of the channel. */
export function formatPreview(answer: PreviewAnswer, voice: Voice): Message {
  const { words, reader } = voice;
  const { follows, zone } = answer;
  const title = words('preview.title');
  if (follows === 0) return message({ tone: 'info', title, body: [plainText(words('following.nothing'))] });
  return message({
    tone: 'info',
    title,
    body: [...nowLines(answer, voice), ...section(words('preview.next'), nextLines(answer, voice)), ...laterLines(answer, voice)],
    footer: words.line('preview.end', { zone: zoneName(zone, reader.now, words) }),
  });
}

function nowLines({ mute, waiting }: PreviewAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  const lines: Line[] = mute === null ? [] : [mutedLine(mute, voice)];
  if (waiting > 0) lines.push(plainText(words(mute === null ? 'preview.waiting' : 'preview.muted', { count: waiting })));
  return lines;
}

function nextLines({ messages, more, zone }: PreviewAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  if (messages.length === 0) return [plainText(words('followed.none-due'))];
  const lines = messages.map(({ at, late, items }) => {
    const groups = groupLeads(items);
    const said = groups.slice(0, NAMED).map((group) => groupText(group, { ...voice, reader: { ...voice.reader, now: at } }));
    if (groups.length > NAMED) said.push(words('preview.more-dates', { count: groups.length - NAMED }));
    const what = said.join(words('wish.separator'));
    return listItem(words.line('preview.line', { at: momentLine(at, zone, words), what: late ? words('preview.catch-up', { what }) : what }), words);
  });
  return more > 0 ? [...lines, plainText(words('preview.more', { count: more }))] : lines;
}

/** `Kenya and France: stakeholder submission due in 7 days`. */
function groupText({ sample, deadlines }: LeadGroup, voice: Voice): string {
  const { words, reader } = voice;
  const states = statesOf(deadlines);
  const due = words(`due.${sample.kind}`);
  const left = timeLeft(sample, reader.now, words);
  const what = left === null ? due : words('title.with-left', { what: due, left });
  return words('title.of', { who: states.length === 0 ? whoOf(deadlines, voice) : stateList(states, voice), what });
}

function laterLines({ inAMonth, digest, zone }: PreviewAnswer, { words }: Voice): readonly Line[] {
  return section(words('preview.month'), [
    listItem(plainText(words('preview.count', { count: inAMonth })), words),
    listItem(plainText(words('followed.changes')), words),
    listItem(digestLine(digest, zone, words), words),
  ]);
}
