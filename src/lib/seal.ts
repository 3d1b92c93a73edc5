/** Secrets at rest: AES-256-GCM with keys that only the operator has (NIST SP 800-38D), one purpose a derived key (RFC 5869). */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** `about` says whose the text is, such as `slack/T1`: what was sealed for one cannot be opened as another's. */
  seal(text: string, about: string): string;
  /** @throws SealError, which holds neither the text nor a key. */
  open(sealed: string, about: string): string;
  /** Sealed with a key that is not the first any more. */
  isOld(sealed: string): boolean;
}

/** Why something cannot be opened: no key is the one that sealed it, or it is not as it was sealed, or is somebody else's. */
export class SealError extends Error {
  readonly reason: 'unknown-key' | 'damaged';

  constructor(reason: SealError['reason'], about: string) {
    super(reason === 'unknown-key' ? `the secret of ${about} was sealed with another key` : `the secret of ${about} is damaged, or not its own`);
    this.name = 'SealError';
    this.reason = reason;
  }
}

const VERSION = 'v1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 6;

/** The first key seals, every key opens: to rotate, put a new key in front and keep the old one. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const known = keys.map((key) => ({ id: derived(key, 'seal key id', ID_BYTES).toString('base64url'), key: derived(key, 'seal', KEY_BYTES) }));
  const [first] = known;
  if (first === undefined) throw new Error('a seal needs a key');
  return {
    seal: (text, about) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(header(first.id, about));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [VERSION, first.id, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed, about) => {
      const [version, id = '', ...parts] = sealed.split('.');
      const [iv, tag, data, ...more] = parts.map(strictly);
      const isWhole = version === VERSION && iv?.length === IV_BYTES && tag?.length === TAG_BYTES && data instanceof Buffer && more.length === 0;
      if (!isWhole) throw new SealError('damaged', about);
      const found = known.find((key) => key.id === id);
      if (found === undefined) throw new SealError('unknown-key', about);
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(header(id, about)).setAuthTag(tag);
        return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
      } catch {
        throw new SealError('damaged', about);
      }
    },
    isOld: (sealed) => sealed.split('.')[1] !== first.id,
  };
}

/** A secret for one purpose, such as signing; who learns it learns neither the key nor the secret of another purpose. */
export function derivedSecret(key: Buffer, purpose: string): string {
  return derived(key, purpose, KEY_BYTES).toString('base64url');
}

/** Keys as an operator writes them, separated by commas, each 32 bytes in hex or base64; or which of them is no key, from 1. */
export function readKeys(typed: string): readonly Buffer[] | number {
  const keys = typed.split(',').map((text) => readKey(text.trim()));
  const wrong = keys.indexOf(null);
  return wrong === -1 ? keys.filter((key) => key !== null) : wrong + 1;
}

function readKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function derived(key: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `upr-watch ${purpose}`, bytes));
}

/** What is not secret and must not change. */
function header(id: string, about: string): Buffer {
  return Buffer.from(`${VERSION}.${id}.${about}`, 'utf8');
}

/** Node reads base64 leniently: several texts give the same bytes. Here one does. */
function strictly(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : null;
}
