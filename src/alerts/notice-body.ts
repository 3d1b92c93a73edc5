/** An owner's notice as JSON in the store, from the moment it is due until it is said. */
import { z } from 'zod';
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

const noticeSchema = z.discriminatedUnion('about', [paused, token, unsayable]);

export function writeNotice(notice: Notice): string {
  return JSON.stringify(notice);
}

/** Reads what {@link writeNotice} wrote; throws on anything else. */
export function readNotice(text: string): Notice {
  return noticeSchema.parse(JSON.parse(text));
}
