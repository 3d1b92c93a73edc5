/** What became of what a channel was to be told. */
import { readLead, TODAY } from '../domain/alerts/ladder.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type Instant, MINUTE, type Zone } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { zoneName } from './days.ts';
import { deadlineLabel } from './format-deadline.ts';
import { joinLines, listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { inUnits, momentLine } from './moments.ts';
import type { Words } from './words.ts';

type ProofState = 'pending' | 'sending' | 'sent' | 'folded' | 'in-doubt' | 'failed' | 'superseded';

interface ProofLine {
  readonly dueAt: Instant;
  readonly type: string;
  /** Null where it is about no date, or about one that is gone from the calendar. */
  readonly date: Deadline | null;
  readonly lead: string;
  readonly state: ProofState;
  readonly saidAt: Instant | null;
}

export interface ProofAnswer {
  readonly totals: readonly { readonly state: ProofState; readonly count: number }[];
  /** Some of them one by one, the latest first. */
  readonly rows: readonly ProofLine[];
  readonly zone: Zone;
}

/** In the order in which they are told: what was said, what may still be, what was not. */
const STATES: readonly ProofState[] = ['sent', 'folded', 'sending', 'pending', 'in-doubt', 'failed', 'superseded'];
/** A message this late is on time to a reader. */
const ON_TIME = 2 * MINUTE;

export function formatProof({ totals, rows, zone }: ProofAnswer, voice: Voice): Message {
  const { words, reader } = voice;
  const counts = STATES.flatMap((state) => totals.filter((total) => total.state === state));
  const sums = counts.map(({ state, count }) => listItem(plainText(words(`proof.total.${state}`, { count })), words));
  return message({
    tone: 'info',
    title: words('proof.title'),
    body: [
      ...(rows.length === 0 ? [plainText(words('proof.nothing'))] : section(words('proof.totals'), sums)),
      ...section(
        words('proof.last'),
        rows.map((row) => rowLine(row, zone, voice)),
      ),
    ],
    footer: words.line('proof.end', { zone: zoneName(zone, reader.now, words) }),
  });
}

/** When it was due, what it was about, and what became of it. */
function rowLine(row: ProofLine, zone: Zone, voice: Voice): Line {
  const { words } = voice;
  const parts = [momentLine(row.dueAt, zone, words), plainText(whatOf(row, voice)), plainText(outcomeOf(row, words))];
  return listItem(joinLines(parts, words('separator')), words);
}

function whatOf({ type, date, lead }: ProofLine, voice: Voice): string {
  const { words } = voice;
  const kind = words(`proof.type.${type}`);
  if (date === null) return kind;
  const label = deadlineLabel(date, voice);
  if (type === 'lead') return [label, ...leadText(lead, words)].join(words('list.comma'));
  return words('title.of', { who: kind, what: label });
}

function leadText(key: string, words: Words): readonly string[] {
  if (key === TODAY.key) return [words('lead.today')];
  const lead = readLead(`${key}!`);
  return lead === null ? [] : [words(`lead.${lead.unit}`, { count: lead.before })];
}

function outcomeOf({ state, dueAt, saidAt }: ProofLine, words: Words): string {
  const outcome = words(`proof.state.${state}`);
  if (saidAt === null) return outcome;
  const late = saidAt - dueAt;
  const { unit, count } = inUnits(late);
  return [outcome, late <= ON_TIME ? words('proof.on-time') : words(`proof.late.${unit}`, { count })].join(words('list.comma'));
}
