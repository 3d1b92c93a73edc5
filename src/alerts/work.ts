/** What a fan-out carries from the moment it is planned to the last follower, as JSON in the store. */
import { z } from 'zod';
import type { Place } from '../store/store.ts';

/** The installation that alone sees a date so; left out for what all see. */
const team = z.object({ platform: z.string(), id: z.string() }).exactOptional();

const lead = z.object({
  type: z.literal('lead'),
  deadline: z.string(),
  version: z.number(),
  lead: z.string(),
  mode: z.enum(['alert', 'check']),
  dueAt: z.number(),
  grace: z.number(),
  team,
});

const passed = z.object({ type: z.literal('passed'), deadline: z.string(), version: z.number(), team });

/** That messages which told of a date are not true as they stand: what a change of it amends. */
const moved = z.object({ type: z.literal('moved'), revision: z.number(), deadline: z.string(), since: z.number(), team });

const change = z.object({ type: z.literal('change'), revision: z.number(), seq: z.number(), at: z.number() });

const work = z.discriminatedUnion('type', [lead, change, passed, moved]);

export type LeadWork = z.infer<typeof lead>;
export type ChangeWork = z.infer<typeof change>;
export type PassedWork = z.infer<typeof passed>;
export type MovedWork = z.infer<typeof moved>;
export type Work = z.infer<typeof work>;

export function writeWork(item: Work): string {
  return JSON.stringify(item);
}

export function readWork(text: string): Work {
  return work.parse(JSON.parse(text));
}

/** Once in a channel: this lead of this version of this date, whatever zone or hour the channel has. */
export function leadKey(item: Pick<LeadWork, 'deadline' | 'version' | 'lead'>): string {
  return `${item.deadline}|v${item.version}|${item.lead}`;
}

/** That a version of a date is over. */
export function passedKey(item: Pick<PassedWork, 'deadline' | 'version'>): string {
  return `${item.deadline}|v${item.version}|passed`;
}

/** That a revision made what was told of a date untrue, or true again. */
export function movedKey(item: Pick<MovedWork, 'revision' | 'deadline'>): string {
  return `revision:${item.revision}|moved|${item.deadline}`;
}

/** Of planned work: two installations may number their versions alike, so each names itself. */
export function plannedKey(key: string, place: Place | undefined): string {
  return place === undefined ? key : `${key}|@${place.platform}/${place.id}`;
}

export function changeKey(item: Pick<ChangeWork, 'revision' | 'seq'>): string {
  return `revision:${item.revision}|${item.seq}`;
}
