/** Starts the processes of a chaos and lets its blows fall on them and on the platforms, each once enough was posted and somebody is there to be hit. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fleet, until, type Worker } from '../a-fleet.ts';
import type { Platform } from '../fake-platform/server.ts';
import type { Blow } from './plan.ts';
import { type Place, platformsOf } from './world.ts';

/** A blow that has to wait looks again after this long. */
const LOOKS_AGAIN = 25;
/** What a process had on its way to the database when its time was stopped is there after this long. */
const ARRIVES_WITHIN = 200;

export interface CrewParts {
  readonly fleet: Fleet;
  readonly places: readonly Place[];
  readonly processes: number;
  /** In the order in which they fall. */
  readonly blows: readonly Blow[];
}

/**
 * What is in doubt twice is by design not said a third time, and a reader may then see it never. So that nothing at all
 * may be lost, who has a marked repeat in its hands is spared until that is recorded. Half of the processes always run.
 */
export function createCrew({ fleet, places, processes, blows }: CrewParts) {
  const platforms = platformsOf(places);
  const waiting = [...blows];
  const fell = { kill: 0, freeze: 0, outage: 0 };
  const [frozen, killed, down] = [new Set<Worker>(), new Set<Worker>(), new Set<Platform>()];
  let [underWay, striking] = [0, false];

  /** Resolves when the blow is over; without calling `felled` when it has to wait. */
  const hit: Readonly<Record<Blow['kind'], (blow: Blow, felled: () => void) => Promise<void>>> = {
    kill: async ({ whom, ms }, felled) => {
      const victim = await heldStill(whom);
      if (victim === null) return;
      felled();
      killed.add(victim);
      await victim.kill();
      await sleep(ms);
      fleet.start();
    },
    freeze: async ({ whom, ms }, felled) => {
      const victim = await heldStill(whom);
      if (victim === null) return;
      felled();
      await sleep(ms);
      victim.thaw();
      frozen.delete(victim);
    },
    outage: async ({ whom, ms }, felled) => {
      const victim = oneOf(
        whom,
        platforms.filter((platform) => !down.has(platform)),
      );
      if (victim === undefined || (await repeating()).some(({ place }) => place.platform === victim)) return;
      felled();
      down.add(victim);
      await victim.down();
      await sleep(ms);
      await victim.up();
      down.delete(victim);
    },
  };

  /** A process whose time was stopped, without a repeat in its hands; null when nobody can be hit now. */
  async function heldStill(whom: number): Promise<Worker | null> {
    const running = fleet.alive().filter((worker) => !frozen.has(worker) && !killed.has(worker));
    const victim = running.length <= processes / 2 ? undefined : oneOf(whom, running);
    if (victim === undefined) return null;
    frozen.add(victim);
    victim.freeze();
    await sleep(ARRIVES_WITHIN);
    if (!(await repeating()).some(({ pid }) => pid === victim.pid)) return victim;
    victim.thaw();
    frozen.delete(victim);
    return null;
  }

  /** Where marked repeats are under way, and which process has them. */
  async function repeating(): Promise<readonly { readonly place: Place; readonly pid: number }[]> {
    const channels = (await fleet.store.alerts.proof(0)).filter(({ state, repeats }) => state === 'sending' && repeats > 0).map(({ channel }) => channel);
    const found: { place: Place; pid: number }[] = [];
    for (const place of places.filter((each) => channels.some((channel) => each.channels.includes(channel)))) {
      for (const { worker, alerts } of await fleet.store.alerts.interrupted(place.lane)) {
        if (alerts.some(({ repeats }) => repeats > 0)) found.push({ place, pid: Number(worker.split('/')[1]) });
      }
    }
    return found;
  }

  /** Lets the next blow fall when it is time; one at a time is aimed. */
  async function strike(): Promise<void> {
    const posted = platforms.reduce((sum, platform) => sum + platform.posted().length, 0);
    const [blow] = waiting;
    if (striking || blow === undefined || blow.at > posted) return;
    striking = true;
    underWay += 1;
    let hasFallen = false;
    await hit[blow.kind](blow, () => {
      waiting.shift();
      fell[blow.kind] += 1;
      [hasFallen, striking] = [true, false];
    });
    if (!hasFallen) await sleep(LOOKS_AGAIN);
    underWay -= 1;
    if (!hasFallen) striking = false;
    void strike();
  }

  for (const platform of platforms) platform.onRequest(() => void strike());
  for (let n = 0; n < processes; n += 1) fleet.start();
  return {
    /** Resolves when every blow has fallen and is over; rejects, with what is left, when that takes longer. */
    calm: (patienceMs: number): Promise<void> =>
      until(
        async () => waiting.length + underWay === 0,
        patienceMs,
        async () => ({ waiting, underWay, counts: await fleet.store.alerts.counts(), logs: fleet.alive().map((worker) => worker.log().slice(-2_000)) }),
      ),
    fell: () => fell,
    /** Asks everyone who runs to end; answers, with its log, who ended otherwise than asked or killed. */
    dismiss: async (): Promise<readonly string[]> => {
      const ends = await Promise.all(fleet.workers.map(async (worker) => ({ worker, ...(await worker.stop()) })));
      return ends
        .filter(({ worker, code, signal }) => code !== 0 && signal !== 'SIGTERM' && !(signal === 'SIGKILL' && killed.has(worker)))
        .map(({ worker, code, signal }) => `${code ?? signal}: ${worker.log().slice(-2_000)}`);
    },
  };
}

function oneOf<T>(chance: number, candidates: readonly T[]): T | undefined {
  return candidates[Math.floor(chance * candidates.length)];
}
