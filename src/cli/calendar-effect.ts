/** What a change of the calendar does, or would do, for people and for programs. */
import type { z } from 'zod';
import { render } from '../adapters/console/render.ts';
import type { Hearers } from '../calendar/audience.ts';
import { MOST_CHANNELS, MOST_WITHDRAWN, needsApproval, type Preview } from '../calendar/preview.ts';
import type { Waiting } from '../calendar/waiting.ts';
import { mergeChanges } from '../domain/alerts/merge-changes.ts';
import { type Change, isPosted } from '../domain/calendar/diff.ts';
import { toIso } from '../domain/time.ts';
import { changeKey } from '../message/change-lines.ts';
import type { Voice } from '../message/content.ts';
import { formatAlert } from '../message/format-alert.ts';
import { bucket } from '../message/group.ts';
import type { Message } from '../message/message.ts';
import type { Io } from './io.ts';
import type { changeJson, previewJson, waitingJson } from './output.ts';
import { dueText } from './to-json.ts';

/** Exit code of a run that changed nothing because a person must approve it first; docs/architecture.md lists them. */
export const WAITS = 11;

/** Messages shown; those of most channels come first. */
const SHOWN = 3;

export function changeToJson(change: Change): z.infer<typeof changeJson> {
  if (change.about === 'review') {
    const { what, review, event } = change;
    const told = what === 'event' ? { what: event.what, before: null, after: event.on } : { what: `${event.what} taken back`, before: event.on, after: null };
    return { ...told, about: review.id, posted: isPosted(change) };
  }
  const [before, after] = [change.before, change.after].map((side) => (side === null ? null : dueText(side.when)));
  return { what: change.what, about: (change.after ?? change.before)?.id ?? '', before: before ?? null, after: after ?? null, posted: isPosted(change) };
}

export function waitingToJson({ id, since, files, changes, channels, withdrawn }: Waiting): z.infer<typeof waitingJson> {
  return { id, since: toIso(since), files: files.map(({ file }) => file), changes, channels, withdrawn };
}

export function previewToJson(preview: Preview, voice: Voice): z.infer<typeof previewJson> {
  const { changes, channels, withdrawn, heard } = preview;
  return {
    changes: changes.map(changeToJson),
    ...{ channels, messages: channels, withdrawn, needsApproval: needsApproval(preview) },
    heard: heard.map((group) => {
      const { title, fallbackText } = messageTo(group, voice);
      return { channels: group.channels.length, changes: group.changes.length, title, text: fallbackText };
    }),
  };
}

/** One line a change; the same of many States is one. */
export function changeLines(changes: readonly Change[]): readonly string[] {
  return bucket(changes, changeKey).map((group) => {
    const [change] = group;
    const { what, about, before, after, posted } = changeToJson(change);
    const dates = change.about === 'date' && before !== after ? `  ${before ?? 'unknown'} → ${after ?? 'unknown'}` : '';
    const others = group.length === 1 ? '' : ` and ${group.length - 1} more`;
    return `  ${posted ? 'posted' : 'logged'}  ${what}  ${about}${others}${dates}`;
  });
}

/** `2 channels hear of it, each in one message.` */
export function audienceText(channels: number, how: 'hear' | 'would hear'): string {
  if (channels === 0) return how === 'hear' ? 'No channel hears of it.' : 'No channel would hear of it.';
  const verb = channels === 1 && how === 'hear' ? 'hears' : how;
  return `${channels} ${channels === 1 ? 'channel' : 'channels'} ${verb} of it, in ${channels} ${channels === 1 ? 'message' : 'messages'}.`;
}

export function countsText(changes: readonly Change[]): string {
  return `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}, of which followers hear ${changes.filter(isPosted).length}.`;
}

/** The diff, the channels, and what they would read. */
export function writePreview(io: Io, preview: Preview, voice: Voice): void {
  const { changes, channels, withdrawn, heard } = preview;
  io.write([countsText(changes), ...changeLines(changes), audienceText(channels, 'would hear'), ''].join('\n'));
  const look = { width: Math.min(100, Math.max(40, io.columns)), styled: io.isTerminal };
  for (const group of heard.slice(0, SHOWN)) {
    const [first] = group.channels;
    io.write(`\nIn ${group.channels.length === 1 ? `the channel ${first}` : `${group.channels.length} channels`}:\n\n${render(messageTo(group, voice), look)}`);
  }
  if (heard.length > SHOWN) io.write(`\n${heard.length - SHOWN} other messages, to fewer channels.\n`);
  if (needsApproval(preview))
    io.write(`\n${channels} channels and ${withdrawn} dates withdrawn: past ${MOST_CHANNELS} and ${MOST_WITHDRAWN} it waits for an approval.\n`);
}

/** What must be done before it is in force. */
export function waitsText({ id, channels, withdrawn }: Waiting): string {
  return `Nothing is in force yet: ${channels} channels would hear of it, and ${withdrawn} dates would be withdrawn. To go on: upr-watch calendar approve ${id}\n`;
}

function messageTo({ changes }: Hearers, voice: Voice): Message {
  return formatAlert({ type: 'changes', changes: mergeChanges(changes) }, { mayBeRepeat: false, late: null }, voice);
}
