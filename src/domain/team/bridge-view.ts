/** What each of two sides sees of a response that they share, and what the partner keeps of it afterwards. */
import type { Instant } from '../time.ts';
import { sideIn } from './bridge.ts';
import type { Bridge, Response, TeamEvent, WholeResponse } from './response.ts';
import { type Holder, isSameSide, type Side, type Task } from './task.ts';

/** What stands for a title that is not shown: "Task 3", "Shared plan". */
export interface Called {
  readonly plan: string;
  readonly task: (number: number) => string;
}

/** Somebody on a platform, and nothing more of them. It is never one's own side. */
function somebodyOn(platform: string): Holder {
  return { kind: 'person', side: nowhereOn(platform), id: '' };
}

function nowhereOn(platform: string): Side {
  return { platform, installation: '' };
}

/**
 * The response as a side may see it. What the other side has is somebody's on its platform: no ids, notes, references or
 * names of it are left; the partner sees no clusters, links or reasons of the owner, and titles only where the owner shows them.
 * The id of the response stays, since both work by it.
 */
export function asSeenBy(whole: WholeResponse, bridge: Bridge, { side, called }: { readonly side: Side; readonly called: Called }): WholeResponse {
  const seen = { ...whole, tasks: whole.tasks.map((task) => withoutOthers(task, side)) };
  return sideIn(bridge, side) === 'owner' ? seen : toPartner(seen, { titled: bridge.ownerShows === 'titles', called });
}

function withoutOthers(task: Task, side: Side): Task {
  if (task.holder === null || isSameSide(task.holder.side, side)) return task;
  const snooze = task.snooze === null ? null : { until: task.snooze.until, reason: '' };
  return { ...task, holder: somebodyOn(task.holder.side.platform), reference: null, snooze, asked: 'not-yet', askedAt: null, heardAt: null };
}

function toPartner({ response, tasks }: WholeResponse, { titled, called }: { readonly titled: boolean; readonly called: Called }): WholeResponse {
  return {
    response: {
      ...response,
      ...{ side: nowhereOn(response.side.platform), channel: '', template: '', reference: null, reason: null },
      title: titled ? response.title : called.plan,
      signOn: titled && response.signOn !== null ? { ...response.signOn, link: null } : null,
    },
    tasks: tasks.map((task) => ({
      ...task,
      cluster: null,
      // What is noted while nobody has it was noted by the owner.
      ...(task.holder === null ? { reference: null, snooze: null } : {}),
      ...(titled ? {} : { title: called.task(task.number), phase: '', suits: null }),
    })),
  };
}

/** Who changed what, without what the other side did. */
export function eventsSeenBy(events: readonly TeamEvent[], side: Side): readonly TeamEvent[] {
  return events.filter(({ by }) => by === null || isSameSide(by.side, side)).map((event) => withoutHolder(event, side));
}

function withoutHolder(event: TeamEvent, side: Side): TeamEvent {
  return event.before === null ? event : { ...event, before: withoutOthers(event.before, side) };
}

export interface Copying {
  readonly partner: Side;
  readonly channel: string;
  /** Of the copy. */
  readonly id: string;
  readonly called: Called;
  readonly now: Instant;
}

/**
 * What the partner keeps when a bridge ends: a response of its own with titles, where they were shown, and states. Of the
 * other side nobody is left in it; what the partner itself has stays.
 */
export function copyFor(whole: WholeResponse, bridge: Bridge, { partner, channel, id, called, now }: Copying): WholeResponse {
  const { response, tasks } = asSeenBy(whole, bridge, { side: partner, called });
  const own: Response = { ...response, id, side: partner, channel, signOn: null, createdAt: now, version: 1 };
  return { response: own, tasks: tasks.map((task) => ({ ...ownPart(task, partner), response: id, version: 1 })) };
}

function ownPart(task: Task, partner: Side): Task {
  if (task.holder !== null && isSameSide(task.holder.side, partner)) return task;
  return { ...task, holder: null, snooze: null };
}
