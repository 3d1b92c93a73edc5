/** Secrets of our own that stand in an address: chance, of which only the hash is ever stored. */
import { createHash, randomBytes } from 'node:crypto';

/** 128 bits, in 22 characters that an address may hold. */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

export const TOKEN = '[A-Za-z0-9_-]{22}';

/** Gives nobody the token: what is pure chance needs no slow hash. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
