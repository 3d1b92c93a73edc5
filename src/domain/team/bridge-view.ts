/** What each of two sides sees of a response that they share, and what the partner keeps of it afterwards. */
import type { Instant } from '../time.ts';
import type { Response, Shows, TeamEvent, WholeResponse } from './response.ts';
import { type Holder, isSameSide, type Side, type Task } from './task.ts';

/** What stands for a title that is not shown: "Task 3", "Shared plan". */
export interface Called {
  readonly plan: string;
  readonly task: (number: number) => string;
}

/** Which of the two sides looks, and what the owner lets its partner see. */
export interface Sight {
  readonly by: 'owner' | 'partner';
  readonly side: Side;
  readonly shows: Shows;
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
export function asSeenBy(whole: WholeResponse, { by, side, shows }: Sight, called: Called): WholeResponse {
  const seen = { ...whole, tasks: whole.tasks.map((task) => withoutOthers(task, side)) };
  return by === 'owner' ? seen : toPartner(seen, { titled: shows === 'titles', called });
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
      ...{ side: nowhereOn(response.side.platform), channel: '', template: 'none', reference: null, reason: null },
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

/** What the other side's changes of a card show anyway. */
const STATES: readonly string[] = ['begin', 'claim', 'release', 'hand-back', 'finish', 'reopen', 'close', 'bridge', 'bridge-end'];

/** Who changed what: of the other side only what its card shows as well, without who it was. */
export function eventsSeenBy(events: readonly TeamEvent[], side: Side): readonly TeamEvent[] {
  return events.flatMap((event) => {
    const own = event.by === null || isSameSide(event.by.side, side);
    if (!own && !STATES.includes(event.what)) return [];
    const by = own || event.by === null ? event.by : { side: nowhereOn(event.by.side.platform), id: '' };
    return [{ ...event, by, before: event.before === null ? null : own ? withoutOthers(event.before, side) : null }];
  });
}

export interface Copying {
  readonly partner: Side;
  readonly channel: string;
  readonly shows: Shows;
  /** Of the copy. */
  readonly id: string;
  readonly called: Called;
  readonly now: Instant;
}

/**
 * What the partner keeps when a bridge ends: a response of its own with titles, where they were shown, and states. Of the
 * other side nobody is left in it; what the partner itself has stays.
 */
export function copyFor(whole: WholeResponse, { partner, channel, shows, id, called, now }: Copying): WholeResponse {
  const { response, tasks } = asSeenBy(whole, { by: 'partner', side: partner, shows }, called);
  const own: Response = { ...response, id, side: partner, channel, signOn: null, createdAt: now, version: 1 };
  return { response: own, tasks: tasks.map((task) => ({ ...ownPart(task, partner), response: id, version: 1 })) };
}

function ownPart(task: Task, partner: Side): Task {
  if (task.holder !== null && isSameSide(task.holder.side, partner)) return task;
  return { ...task, holder: null, snooze: null };
}
