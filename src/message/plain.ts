/** A message as plain text, derived from its parts, so that the two can never disagree. */
import type { Line, Message } from './message.ts';

export function plainLine(line: Line): string {
  return line.map((inline) => inline.text).join('');
}

/** Title, body, fields, table and footer, one a line; the title is always the first. */
export function plainMessage(message: Omit<Message, 'fallbackText'>): string {
  return [
    message.title,
    ...message.body.map(plainLine),
    ...message.fields.map((field) => `${field.name}: ${plainLine(field.value)}`),
    ...(message.table?.rows ?? []).map((row) => row.map(plainLine).join(' · ')),
    plainLine(message.footer),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
