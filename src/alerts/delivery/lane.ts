/**
 * One bot token: its order and its pace. One worker serves a lane at a time, one request is under way a channel and a few
 * a lane, and what ended is recorded in the same commit that marks what starts.
 */
import { type Adapter, ChatError } from '../../adapters/adapter.ts';
import { createBell } from '../../lib/bell.ts';
import type { Claim } from '../../lib/claim.ts';
import type { Memory } from '../memory.ts';
import { commit } from './commit.ts';
import { type Choice, choose, emptyDesk, known, letGo, MOST_IN_FLIGHT, nextStart } from './desk.ts';
import { createHealth } from './health.ts';
import type { DeliveryDeps, Finished, Letter } from './letter.ts';
import { mayRepeat, verdictOn } from './outcome.ts';
import { createPace } from './pace.ts';
import { post } from './post.ts';
import type { Ended } from './record.ts';

export interface Lane {
  /** Looks for what is ready; begins to serve the lane when nobody does. */
  poke(): void;
  /** Resolves when nothing is under way and nothing can go out at this moment. */
  settled(): Promise<void>;
  /** Finishes what is under way, records it and hands the lane back. */
  stop(): Promise<void>;
}

export interface LaneParts {
  readonly name: string;
  /** The name of its lease. */
  readonly lease: string;
  readonly claim: Claim;
  readonly adapter: Adapter;
}

/** Channels known to be ready, so that not every commit asks for them. */
const [QUEUE, REFILL_BELOW] = [500, 100];
/** How long after a failure of the database it is asked again, and how long a lane rests at most. */
const [TRY_AGAIN, LONGEST_REST] = [1_000, 5_000];
/** Turns of the event loop in which further answers are waited for before one commit for all. */
const GATHERING = 8;

export function createLane(deps: DeliveryDeps, { name, lease, claim, adapter }: LaneParts): Lane {
  const { clock, log, store, times } = deps;
  const pace = createPace(adapter.pace);
  const health = createHealth(deps.random);
  const bell = createBell();
  const aborting = new AbortController();
  const desk = emptyDesk();
  let settling: (() => void)[] = [];
  /** `unsure`: there may be deliveries without a result that nobody remembers. */
  let [poked, refillable, unsure, failing, stopping] = [false, false, true, false, false];
  let memory: Memory | null = null;
  let running: Promise<void> | null = null;

  async function serve(): Promise<void> {
    unsure = true;
    let workedAt = clock.monotonic();
    for (;;) {
      const waitMs = await round().catch(databaseFailed);
      if (waitMs === null) break;
      const underWay = desk.inFlight.size + desk.finished.length > 0;
      if (underWay || waitMs === 0) workedAt = clock.monotonic();
      if (stopping && (!underWay || failing)) break;
      if (waitMs === 0) {
        await breath();
        continue;
      }
      if (desk.inFlight.size === 0 && !poked) tellSettled();
      const idle = clock.monotonic() - workedAt > times.idleMs && waitMs > times.idleMs;
      if (idle && desk.inFlight.size === 0) break;
      await rest(Math.min(waitMs, LONGEST_REST));
    }
    await claim.release().catch(() => undefined);
    running = null;
    tellSettled();
    if (poked) poke();
  }

  /** Records, looks, marks and starts. Answers how long nothing else can start: 0 = look again at once; null = not ours. */
  async function round(): Promise<number | null> {
    const mine = await claim.mine();
    if (!mine && desk.inFlight.size + desk.finished.length === 0) return null;
    const mayStart = mine && !stopping;
    if (mayStart) await refill();
    const doing = { pace, health, now: deps.time(), at: clock.monotonic() };
    const memoryNow = memory ?? (await deps.recall(doing.now));
    memory = memoryNow;
    if (mayStart) letGo(desk, (letter) => mayRepeat(letter, adapter, { memory: memoryNow, now: doing.now, requestMs: times.requestMs }), doing.at);
    const choice = mayStart ? choose(desk, doing) : { picks: [], again: [] };
    const ended = judge(desk.finished.splice(0), memoryNow, doing.now);
    if (ended.length + choice.picks.length + choice.again.length === 0 && !unsure) return mayStart ? nextStart(desk, doing) : LONGEST_REST;
    const known_ = unsure ? known(desk, ended, choice.again) : null;
    const committed = await commit(deps, { lane: name, lease, ended, ...choice, known: known_ }, memoryNow, doing.now).catch((cause: unknown) => {
      desk.finished.unshift(...ended.map(({ finished }) => finished));
      putBack(choice, doing.now);
      throw cause;
    });
    if (failing) log.info({ lane: name }, 'The database answers again');
    [unsure, failing] = [false, false];
    poked ||= committed.freed;
    for (const letter of committed.found) desk.doubtful.set(letter.delivery.id, { letter, at: doing.now });
    for (const channel of committed.more) desk.queue.add(channel);
    start(committed.letters, doing.at + committed.leftMs - times.marginMs);
    if (committed.held === 'stale') memory = null;
    if (committed.held !== null) putBack(committed.held === 'paused' ? { ...choice, picks: [] } : choice, doing.now);
    return committed.held === 'stale' || committed.held === null ? 0 : TRY_AGAIN;
  }

  async function refill(): Promise<void> {
    const wanted = poked || (refillable && desk.queue.size === 0);
    unsure ||= poked;
    poked = false;
    if (!wanted || desk.queue.size >= REFILL_BELOW) return;
    const channels = await store.alerts.readyChannels(name, deps.time(), QUEUE);
    refillable = channels.length === QUEUE;
    for (const channel of channels) desk.queue.add(channel);
  }

  /** What has a result; what is to be tried again under its key goes back on the desk. */
  function judge(done: readonly Finished[], known: Memory, now: number): readonly Ended[] {
    return done.flatMap((finished) => {
      const { letter } = finished;
      const verdict = verdictOn(finished, adapter, { memory: known, now, random: deps.random, requestMs: times.requestMs });
      if ('againAt' in verdict) {
        desk.doubtful.set(letter.delivery.id, { letter, at: verdict.againAt });
        return [];
      }
      const { result } = verdict;
      if ('retryAt' in result) desk.later.set(letter.channel.id, result.retryAt);
      else if (result.outcome !== 'sent') desk.queue.add(letter.channel.id);
      return [{ finished, result }];
    });
  }

  function putBack({ picks, again }: Choice, now: number): void {
    for (const channel of picks) desk.queue.add(channel);
    for (const letter of again) desk.doubtful.set(letter.delivery.id, { letter, at: now });
  }

  function start(letters: readonly Letter[], notAfter: number): void {
    for (const letter of letters) {
      const at = clock.monotonic();
      if (at > notAfter) desk.finished.push({ letter, startedAt: at, at, answer: 'not-begun', missing: [] });
      else {
        desk.inFlight.set(letter.delivery.id, letter);
        void post(deps, adapter, letter, aborting.signal).then(answered);
      }
    }
  }

  function answered(finished: Finished): void {
    const { letter, startedAt, at, answer } = finished;
    const refused = answer instanceof ChatError ? answer : null;
    const room = answer instanceof ChatError || answer === 'not-begun' ? null : answer.room;
    const limited = refused?.reason === 'rate-limited' ? refused : null;
    pace.answered({ channel: letter.channel.id, startedAt, at, room, limited, taken: refused === null });
    if (refused?.reason === 'unavailable' || refused?.reason === 'ambiguous') health.silent(letter.channel.id, at);
    else if (refused?.reason === 'fatal') health.refused(at);
    else health.well();
    desk.inFlight.delete(letter.delivery.id);
    desk.finished.push(finished);
    bell.ring();
  }

  function databaseFailed(cause: unknown): number {
    if (!failing) log.error({ err: cause, lane: name }, 'A lane could not read or record; it tries again every second, and nothing is lost');
    [failing, unsure] = [true, true];
    return TRY_AGAIN;
  }

  /** Others have their turn in between, and answers that came together are recorded together. */
  function breath(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  async function rest(ms: number): Promise<void> {
    const woken = new AbortController();
    await Promise.race([bell.heard(), clock.sleep(ms, woken.signal)]);
    woken.abort();
    for (let turn = 0; turn === 0 || (turn < GATHERING && desk.inFlight.size > MOST_IN_FLIGHT / 2); turn += 1) await breath();
  }

  function tellSettled(): void {
    for (const tell of settling.splice(0)) tell();
    settling = [];
  }

  function poke(): void {
    poked = true;
    running ??= stopping ? null : serve();
    bell.ring();
  }

  return {
    poke,
    settled: () =>
      new Promise((resolve) => {
        settling.push(resolve);
        poke();
        if (running === null) tellSettled();
      }),
    stop: async () => {
      stopping = true;
      bell.ring();
      const drained = new AbortController();
      void clock.sleep(times.drainMs, drained.signal).then(() => aborting.abort());
      await running;
      drained.abort();
    },
  };
}
