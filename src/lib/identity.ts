import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** `host/pid/random`: who a process is, so that another on the same host can see whether it still lives. */
export function ownName(): string {
  return `${hostname()}/${process.pid}/${randomUUID()}`;
}

/** True when the named process ran on this host and does not run any more; false also when that cannot be known. */
export function isGone(name: string): boolean {
  const [host, pid = ''] = name.split('/');
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  if (Number(pid) === process.pid) return true; // the number is ours now, so its former bearer has ended
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
