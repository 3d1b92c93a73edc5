/** An owner's notice as JSON in the store, from the moment it is due until it is said. */
import { z } from 'zod';
import { DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import type { Notice } from '../message/content.ts';

const paused = z.object({
  about: z.literal('paused'),
  platform: z.string(),
  channel: z.string(),
  reason: z.enum(['forbidden', 'channel-gone', 'installation-gone']),
  missing: z.array(z.string()),
  unsaid: z.int().nonnegative(),
});

const token = z.object({ about: z.literal('token'), platform: z.string(), lane: z.string() });

const unsayable = z.object({
  about: z.literal('unsayable'),
  platform: z.string(),
  channel: z.string(),
  why: z.enum(['rejected', 'format']),
  unsaid: z.int().nonnegative(),
});

const feed = z.object({ about: z.literal('feed'), host: z.string(), reason: z.string().nullable(), since: z.number() });

const day = z.string();
const when = z.object({
  precision: z.enum(['minute', 'day', 'month', 'unknown']),
  from: day.nullable(),
  to: day.nullable(),
  time: z.string().nullable(),
  zone: z.string(),
});

const lookUp = z.object({
  id: z.string(),
  kind: z.enum([...DEADLINE_KINDS, 'session']),
  session: z.int().nullable(),
  council: z.int().nullable(),
  state: z.string().nullable(),
  when,
  source: z.array(z.string()),
  place: z.string(),
  checked: day.nullable(),
  awaited: z.boolean(),
});

const stale = z.object({ about: z.literal('stale'), items: z.array(lookUp), more: z.int().nonnegative() });

const value = z.object({ when, source: z.array(z.string()) });

const contested = z.object({
  about: z.literal('contested'),
  kind: z.enum([...DEADLINE_KINDS, 'session']),
  session: z.int().nullable(),
  council: z.int().nullable(),
  state: z.string().nullable(),
  above: value,
  below: value,
  since: day,
  drives: z.enum(['above', 'below']),
});

const noticeSchema = z.discriminatedUnion('about', [paused, token, unsayable, feed, stale, contested]);

export function writeNotice(notice: Notice): string {
  return JSON.stringify(notice);
}

/** Reads what {@link writeNotice} wrote; throws on anything else. */
export function readNotice(text: string): Notice {
  return noticeSchema.parse(JSON.parse(text));
}
