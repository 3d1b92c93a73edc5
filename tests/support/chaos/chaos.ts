/** Several processes on one database that are killed and frozen at random, while the platforms have faults and outages. */
import { CLAIM_TIMES } from '../../../src/lib/claim.ts';
import { aFleet } from '../a-fleet.ts';
import { createCrew } from './crew.ts';
import { type Blow, blowsOf, weather } from './plan.ts';
import { judge, type Verdicts } from './rule.ts';
import { addNotices, dueOf, fleetPlan, givenUp, openPlaces, placeOf, platformsOf } from './world.ts';

export interface ChaosPlan {
  readonly seed: number;
  /** An empty PostgreSQL database. */
  readonly url: string;
  readonly processes: number;
  /** Every other lane posts to a platform that knows the key of a message. */
  readonly lanes: number;
  readonly deliveries: number;
  /** By how much leases, margins and requests are shorter than the bot's; what a platform knows a key for is not. */
  readonly timeScale: number;
  readonly kills: number;
  readonly freezes: number;
  readonly outages: number;
  /** How long the blows may take, and then again how long what is left may take to be said. */
  readonly patienceMs: number;
}

export interface ChaosReport extends Verdicts {
  /** Processes that run at the end. */
  readonly alive: number;
  /** Processes that ended though nobody killed them, or did not end well when they were asked to, with what they logged. */
  readonly crashed: readonly string[];
  /** Alerts that wait or are being said; the blows that fell; the faults that were met; how long it took. */
  readonly left: number;
  readonly blows: Readonly<Record<Blow['kind'], number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly ms: number;
}

/** Runs a chaos to its end, when nothing waits any more and every process has finished. */
export async function chaos(plan: ChaosPlan): Promise<ChaosReport> {
  const began = performance.now();
  const faults: Record<string, number> = {};
  const rule = weather(plan.seed, (kind) => {
    faults[kind] = (faults[kind] ?? 0) + 1;
  });
  const places = await openPlaces({ ...plan, rule });
  const fleet = await aFleet(fleetPlan(plan.url, plan.timeScale, places));
  try {
    await addNotices(fleet, places);
    const blows = blowsOf(plan.seed, { ...plan, leaseMs: CLAIM_TIMES.lastsMs * plan.timeScale });
    const crew = createCrew({ fleet, places, blows, processes: plan.processes });
    await crew.calm(plan.patienceMs);
    await fleet.settled({ alerts: plan.deliveries, patienceMs: plan.patienceMs });
    const counts = await fleet.store.alerts.counts();
    const alive = fleet.alive().length;
    const crashed = await crew.dismiss();
    const read = (channel: string) => places.find(({ channels }) => channels.includes(channel))?.platform.read(channel) ?? [];
    const rows = await fleet.store.alerts.proof(0);
    const verdicts = judge({ due: dueOf(places), rows, read, placeOf, givenUp: await givenUp(plan.url, places) });
    const requests = platformsOf(places).reduce((sum, platform) => sum + platform.requests().count, 0);
    return { ...verdicts, alive, crashed, left: counts.pending + counts.sending, blows: crew.fell(), faults, requests, ms: performance.now() - began };
  } finally {
    await fleet.close();
    for (const platform of platformsOf(places)) await platform.close();
  }
}
