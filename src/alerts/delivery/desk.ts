/** What lies on the desk of a lane: who is to be written to, what is under way, what came back. */
import { ChatError } from '../../adapters/adapter.ts';
import type { Instant } from '../../domain/time.ts';
import type { Health } from './health.ts';
import type { Finished, Letter } from './letter.ts';
import type { PaceKeeper } from './pace.ts';

/** A request each, in so many channels at once. */
export const MOST_IN_FLIGHT = 10;

export interface Desk {
  /** Channels believed to have something to say. */
  readonly queue: Set<string>;
  /** Channels whose last message was postponed, with the time of the next try. */
  readonly later: Map<string, Instant>;
  readonly inFlight: Map<number, Letter>;
  /** Requests that ended and are not recorded yet. */
  readonly finished: Finished[];
  /** Letters of unknown outcome, to be tried again under their key at a time. */
  readonly doubtful: Map<number, { readonly letter: Letter; readonly at: Instant }>;
}

export function emptyDesk(): Desk {
  return { queue: new Set(), later: new Map(), inFlight: new Map(), finished: [], doubtful: new Map() };
}

export interface Choice {
  readonly picks: readonly string[];
  readonly again: readonly Letter[];
}

/** How a lane is doing at a time, on both clocks. */
export interface Doing {
  readonly pace: PaceKeeper;
  readonly health: Health;
  readonly now: Instant;
  readonly at: number;
}

/** Takes off the desk what may start now, as far as pace and health let it. */
export function choose(desk: Desk, { pace, health, now, at }: Doing): Choice {
  let slots = health.slots(MOST_IN_FLIGHT, at) - desk.inFlight.size;
  const busy = busyChannels(desk);
  for (const [channel, when] of desk.later) if (when <= now) [desk.later.delete(channel), desk.queue.add(channel)];
  const again: Letter[] = [];
  for (const [id, entry] of desk.doubtful) {
    if (slots <= 0) break;
    if (entry.at > now || pace.next(entry.letter.channel.id) > at) continue;
    desk.doubtful.delete(id);
    pace.started(entry.letter.channel.id, at);
    again.push(entry.letter);
    slots -= 1;
  }
  const picks: string[] = [];
  for (const channel of desk.queue) {
    if (slots <= 0) break;
    if (busy.has(channel) || pace.next(channel) > at) continue;
    desk.queue.delete(channel);
    pace.started(channel, at);
    picks.push(channel);
    slots -= 1;
  }
  return { picks, again };
}

/** What waited too long to be tried again under its key ends as it was: in doubt. */
export function letGo(desk: Desk, mayRepeat: (letter: Letter) => boolean, at: number): void {
  for (const [id, { letter }] of desk.doubtful) {
    if (mayRepeat(letter)) continue;
    desk.doubtful.delete(id);
    desk.finished.push({ letter, startedAt: at, at, answer: new ChatError('ambiguous', { detail: 'not to be tried again' }), missing: [] });
  }
}

/** Milliseconds until something may start that may not now; infinite when only an answer or news can change that. */
export function nextStart(desk: Desk, { pace, health, now, at }: Doing): number {
  const waits = [...desk.later.values()].map((when) => when - now);
  const opens = Math.max(at, health.next());
  if (desk.inFlight.size < health.slots(MOST_IN_FLIGHT, opens)) {
    const busy = busyChannels(desk);
    const wait = (channel: string) => Math.max(pace.next(channel), opens) - at;
    for (const channel of desk.queue) if (!busy.has(channel)) waits.push(wait(channel));
    for (const entry of desk.doubtful.values()) waits.push(Math.max(entry.at - now, wait(entry.letter.channel.id)));
  }
  return Math.max(1, Math.min(...waits, Number.POSITIVE_INFINITY));
}

/** Deliveries without a result that this process knows of, with those that just left the desk. */
export function known(desk: Desk, ended: readonly { readonly finished: Finished }[], again: readonly Letter[]): ReadonlySet<number> {
  const left = [...ended.map(({ finished }) => finished.letter), ...again].map(({ delivery }) => delivery.id);
  return new Set([...desk.inFlight.keys(), ...desk.doubtful.keys(), ...left]);
}

function busyChannels(desk: Desk): ReadonlySet<string> {
  const letters = [...desk.inFlight.values(), ...desk.finished.map(({ letter }) => letter), ...[...desk.doubtful.values()].map(({ letter }) => letter)];
  return new Set(letters.map(({ channel }) => channel.id));
}
