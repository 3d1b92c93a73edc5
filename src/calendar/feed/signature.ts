/**
 * A feed may be signed: Ed25519 (RFC 8032) over its exact bytes, in a header of the same answer, so that a feed and its
 * signature are always of one moment and no second address is asked. Who signs is pinned by CALENDAR_FEED_KEY.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-upr-watch-signature';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const [RAW, SPKI, PKCS8, SIGNATURE] = [32, 44, 48, 64];

/** Reads a public key: PEM, the base64 in its middle, or the 32 bytes of the key in base64. What was typed is not repeated. */
export function readFeedKey(typed: string): KeyObject | string {
  const text = typed.trim();
  if (text.includes('PRIVATE KEY')) return 'is a private key; give the public one, and keep the private key where feeds are signed';
  try {
    const key = text.startsWith('-----BEGIN') ? createPublicKey(text) : keyOfBytes(text);
    if (key?.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  return 'is not a public Ed25519 key; write what `openssl pkey -in key.pem -pubout` prints, or its line in the middle';
}

function keyOfBytes(text: string): KeyObject | null {
  const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (bytes.length === RAW) return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });
  return bytes.length === SPKI ? createPublicKey({ key: bytes, format: 'der', type: 'spki' }) : null;
}

/** Reads the private key that signs our own feed: PEM, or the base64 in its middle. What was typed is not repeated. */
export function readSigningKey(typed: string): KeyObject | string {
  const text = typed.trim();
  try {
    const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
    const key = bytes.length === PKCS8 ? createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }) : createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  return 'is not a private Ed25519 key; make one with: upr-watch calendar keys';
}

/** A new pair, each as one line that {@link readSigningKey} and {@link readFeedKey} read. */
export function makeFeedKeys(): { readonly signing: string; readonly feed: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const line = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ format: 'der', type }).toString('base64');
  return { signing: line(privateKey, 'pkcs8'), feed: line(publicKey, 'spki') };
}

/** The signature of a feed, as its header carries it. */
export function signFeed(bytes: Uint8Array, key: KeyObject): string {
  return sign(null, bytes, key).toString('base64');
}

/** Null when the signature is that of the key; else what is wrong with it. */
export function signatureFault(bytes: Uint8Array, signature: string | null, key: KeyObject): string | null {
  if (signature === null) return 'is not signed, though CALENDAR_FEED_KEY asks for a signature';
  const raw = BASE64.test(signature) ? Buffer.from(signature, 'base64') : Buffer.alloc(0);
  const right = raw.length === SIGNATURE && verify(null, bytes, key, raw);
  return right ? null : 'is signed, but not by the key of CALENDAR_FEED_KEY';
}
