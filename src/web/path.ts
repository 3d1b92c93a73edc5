/** Which addresses can be one of ours. What would have to be tidied first is none, so nothing tidies it differently than we. */

/** A filter with every State is shorter. */
const LONGEST = 2_048;

/** Null for one that may be; the query is looked at by whoever reads it. */
export function pathFault(url: string): 'long' | 'odd' | null {
  if (url.length > LONGEST) return 'long';
  const [path = ''] = url.split('?', 1);
  return isPlain(path) ? null : 'odd';
}

/** Begins with one slash, has no empty, dotted or hidden part, and says in UTF-8 what it says. */
function isPlain(path: string): boolean {
  if (path === '/') return true;
  if (!/^(?:\/[^/\\?#]+)+$/.test(path)) return false;
  return path.slice(1).split('/').every(isPlainPart);
}

function isPlainPart(part: string): boolean {
  try {
    const decoded = decodeURIComponent(part);
    return decoded !== '.' && decoded !== '..' && !/[/\\\p{Cc}]/u.test(decoded);
  } catch {
    return false;
  }
}
