/** What was done with a plan, in the thread of its card and in the log that managers read. */
import type { TeamEvent, WholeResponse } from '../domain/team/response.ts';
import { isSameSide } from '../domain/team/task.ts';
import { clockTimeOf, dayOf } from '../domain/time.ts';
import { type Draft, message } from './build.ts';
import type { Voice } from './content.ts';
import type { HistoryContent, Seen } from './content-team.ts';
import { dayText } from './days.ts';
import { listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { planTitle, taskTitle } from './team-lines.ts';

/** What the log holds of a change; anything else is told as a change. */
export const EVENTS = [
  ...['begin', 'claim', 'assign', 'release', 'finish', 'reopen', 'snooze', 'answer', 'ask', 'hand-back'],
  ...['undo', 'add', 'close', 'move', 'sign-on', 'bridge', 'bridge-end', 'bridge-offer', 'bridge-copy'],
] as const;

export function formatHistory({ whole, events, seen }: Omit<HistoryContent, 'type'>, voice: Voice): Draft {
  const title = voice.reader.discreet ? voice.words('team.card.discreet') : planTitle(whole.response, null, { seen, voice });
  return { tone: 'quiet', title, body: events.map((event) => eventLine(event, { whole, seen, voice })) };
}

/** Who changed what, the latest first. */
export function formatLog({ whole, events, seen }: Omit<HistoryContent, 'type'>, voice: Voice): Message {
  const { words } = voice;
  const lines = events.map((event) => eventLine(event, { whole, seen, voice }));
  const body = lines.length === 0 ? [plainText(words('team.log.empty'))] : lines;
  return message({ tone: 'quiet', title: words('team.log.title', { title: whole.response.title }), body, footer: plainText(words('team.log.footer')) });
}

interface Telling {
  readonly whole: WholeResponse;
  readonly seen: Seen;
  readonly voice: Voice;
}

function eventLine({ at, by, task: number, what }: TeamEvent, { whole, seen, voice }: Telling): Line {
  const { words, reader } = voice;
  const task = number === null ? null : (whole.tasks.find((one) => one.number === number) ?? { number, title: words('team.task.untitled', { number }) });
  const who = byLine(by, seen, voice);
  const did = words('team.event', { what: what.replaceAll('-', '_'), known: (EVENTS as readonly string[]).includes(what) ? 'yes' : 'no' });
  const on = words('team.event.at', { day: dayText(dayOf(at, reader.zone), 'short', words), time: clockTimeOf(at, reader.zone) });
  const line =
    task === null ? words.line('team.event.plan', { on, who, did }) : words.line('team.event.task', { on, who, did, title: taskTitle(task, seen, words) });
  return listItem(line, words);
}

function byLine(by: TeamEvent['by'], { side, names }: Seen, { words }: Voice): Line {
  if (by === null) return plainText(words('team.by.bot'));
  if (!isSameSide(by.side, side)) return plainText(words('team.holder.other-side'));
  return names ? [{ type: 'user', id: by.id, text: words('team.by.somebody') }] : plainText(words('team.by.somebody'));
}
