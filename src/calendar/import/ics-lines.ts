/** Content lines of an iCalendar file (RFC 5545, 3.1). */
import { decode } from '../text-file.ts';

export interface IcsLine {
  /** Where it begins, 1-based. */
  readonly line: number;
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
}

/**
 * Unfolds on bytes, for a fold may part the bytes of one character, then decodes. Null when it is not UTF-8. A line that
 * is no content line has an empty name.
 */
export function icsLines(bytes: Uint8Array): readonly IcsLine[] | null {
  const unfolded: { line: number; text: string }[] = [];
  for (const [index, physical] of Buffer.from(bytes).toString('latin1').split(/\r?\n/).entries()) {
    const last = unfolded.at(-1);
    if (last !== undefined && /^[ \t]/.test(physical)) last.text += physical.slice(1);
    else if (physical !== '') unfolded.push({ line: index + 1, text: physical });
  }
  const lines: IcsLine[] = [];
  for (const { line, text } of unfolded) {
    const decoded = decode(Buffer.from(text, 'latin1'));
    if (decoded === null) return null;
    lines.push(readLine(line, decoded));
  }
  return lines;
}

/** `DTSTART;TZID="Europe/Zurich":20260717T150000`. A colon inside quotation marks does not end the parameters. */
function readLine(line: number, text: string): IcsLine {
  const head = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):/.exec(text);
  if (head === null) return { line, name: '', params: new Map(), value: text };
  const params = [...(head[2] ?? '').matchAll(/;([A-Za-z0-9-]+)=("[^"]*"|[^;]*)/g)];
  return {
    line,
    name: (head[1] ?? '').toUpperCase(),
    params: new Map(params.map(([, name = '', value = '']) => [name.toUpperCase(), value.replaceAll('"', '')])),
    value: text.slice(head[0].length),
  };
}

/** Text without its escapes (RFC 5545, 3.3.11). */
export function icsText(value: string): string {
  return value.replace(/\\([nN,;\\])/g, (_all, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}

/** The parts of a list of texts; an escaped comma parts nothing. */
export function icsList(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^,\\])+/g) ?? []).map((part) => icsText(part).trim());
}
