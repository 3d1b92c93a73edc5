import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back to the system what starting needed and running does not (measured: 117 → 102 MB). Node has no call for it,
 * so V8's own is fetched by its flag. Takes about 50 ms; to be called once, when nothing is waiting.
 */
export function releaseStartMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' });
}
