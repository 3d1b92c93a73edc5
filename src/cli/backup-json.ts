/** What `backup` and `restore` print with --json. */
import { z } from 'zod';

export const backupJson = z.object({
  id: z.string(),
  at: z.string(),
  file: z.string(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  expired: z.array(z.string()).meta({ description: 'Older backups that were deleted.' }),
});

export const restoreJson = z.object({
  id: z.string(),
  made: z.string(),
  rows: z.int(),
  catchingUp: z.int().meta({ description: 'Channels that hear in one message what is ahead.' }),
  aside: z.string().nullable().meta({ description: 'Where the SQLite file lies that was there before.' }),
});
