import { readFile, stat } from 'node:fs/promises';

/** Nothing that a person writes for the calendar comes near this. */
export const MOST_BYTES = 5_000_000;

export type TextFile = { readonly bytes: Buffer } | { readonly fault: string };

/** Reads a whole file, or says why not; one that is too large, or no file, is not opened. */
export async function readBytes(path: string): Promise<TextFile> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { fault: found.isDirectory() ? 'cannot be read (EISDIR)' : 'is not a file' };
    if (found.size > MOST_BYTES) return { fault: `is larger than ${MOST_BYTES} bytes; split it` };
    return { bytes: await readFile(path) };
  } catch (cause) {
    return { fault: `cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'})` };
  }
}

/** The text of some bytes, without a byte order mark; null when they are not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Reads a file of text. */
export async function readText(path: string): Promise<{ readonly text: string } | { readonly fault: string }> {
  const read = await readBytes(path);
  if ('fault' in read) return read;
  const text = decode(read.bytes);
  return text === null ? { fault: 'is not UTF-8; save it as UTF-8' } : { text };
}
