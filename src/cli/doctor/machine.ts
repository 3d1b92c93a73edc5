/** What a bot needs of the machine that it runs on: room on the disk, a port, backups. */

import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { DAY, type Instant, toIso } from '../../domain/time.ts';
import { lastBackup } from '../../store/backup/write.ts';
import { type Finding, look, well } from './finding.ts';

const MEGABYTE = 1024 * 1024;
/** The log of a busy database and a backup fit into it. */
const LOW = 200 * MEGABYTE;

export async function diskFinding(folder: string, least = LOW): Promise<Finding> {
  const found = await statfs(folder).catch(() => null);
  if (found === null) return well('disk', `${folder} is not there yet; the first start makes it`);
  const free = found.bavail * found.bsize;
  const left = `${Math.floor(free / MEGABYTE)} MB free in ${folder}`;
  return free < least ? look('disk', `${left}; free some space, or move UPR_WATCH_DATA: on a full disk nothing is posted`) : well('disk', left);
}

/** A day missed is no reason to worry, two are. */
const BACKUP_EVERY = 2 * DAY;

/** `since`: when there was something to back up; null while there is not. */
export async function backupFinding(folder: string, since: Instant | null, now: Instant): Promise<Finding> {
  const last = await lastBackup(folder);
  const how = '`upr-watch backup` makes one, best every night (docs/operations.md); where they lie elsewhere, say so with --backups';
  if (last === null) {
    const isNew = since === null || now - since < BACKUP_EVERY;
    return isNew ? well('backups', 'none yet; `upr-watch backup` makes one') : look('backups', `none in ${folder}; ${how}`);
  }
  const detail = `the last is of ${toIso(last.at)}`;
  return now - last.at < BACKUP_EVERY ? well('backups', detail) : look('backups', `${detail}; ${how}`);
}

const PORT_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is used by another program, and the bot does not run; stop that program, or choose another PORT',
  EACCES: 'may not be used by this user; choose a PORT above 1023',
  EADDRNOTAVAIL: 'is at an address that this machine does not have; set HOST to 127.0.0.1 or 0.0.0.0',
  ENOTFOUND: 'is at an address that this machine does not have; set HOST to 127.0.0.1 or 0.0.0.0',
};

/** Where a bot runs, that it answers; where none does, that the port is to be had. Null where nobody needs one. */
export async function portFinding({ web, slack }: Pick<Config, 'web' | 'slack'>, runs: boolean): Promise<Finding | null> {
  const { host, port, isOn } = web;
  if (!isOn && slack?.signingSecret == null) return null;
  const at = `port ${port} of ${host}`;
  if (port !== 0 && (await answers(host, port))) return well('web', `${at} answers`);
  if (runs) return look('web', `${at} does not answer though a bot runs; see its log: it tries again every five seconds, and names what is wrong`);
  const fault = await refused(host, port);
  return fault === null ? well('web', `${at} is free`) : look('web', `${at} ${PORT_FAULTS[fault] ?? `cannot be used (${fault})`}`);
}

const ANSWERS_WITHIN = 2_000;

async function answers(host: string, port: number): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const response = await fetch(`http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN) });
    return response.ok && (await response.text()).startsWith('ok');
  } catch {
    return false;
  }
}

/** Why it cannot be listened on; null when it can. */
function refused(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? cause.message));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}
