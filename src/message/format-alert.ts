import { DAY, HOUR, MINUTE } from '../domain/time.ts';
import { type Draft, message } from './build.ts';
import type { AlertContent, Marks, Voice } from './content.ts';
import { formatCatchUp } from './format-catch-up.ts';
import { formatChanges } from './format-changes.ts';
import { formatLeads } from './format-leads.ts';
import { formatNotice } from './format-notice.ts';
import { plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import type { Words } from './words.ts';

/**
 * One delivery as one message. A role is mentioned only for alerts sent on time; a possible repeat and a late sending
 * are said.
 */
export function formatAlert(content: AlertContent, marks: Marks, voice: Voice): Message {
  const draft = draftOf(content, voice);
  return message({ ...draft, body: [...mention(content, marks, voice), ...draft.body, ...markLines(marks, voice.words)] });
}

function draftOf(content: AlertContent, voice: Voice): Draft {
  switch (content.type) {
    case 'leads':
      return formatLeads(content.items, voice);
    case 'changes':
      return formatChanges(content.changes, voice);
    case 'catch-up':
      return formatCatchUp(content.ahead, content.passed, voice);
    case 'notice':
      return formatNotice(content.notice, voice);
  }
}

function mention(content: AlertContent, marks: Marks, { reader, words }: Voice): readonly Line[] {
  const alerting = content.type === 'leads' && content.items.some((item) => item.lead.mode === 'alert');
  if (reader.mentionRole === null || !alerting || marks.late !== null || marks.mayBeRepeat) return [];
  return [[{ type: 'role', id: reader.mentionRole, text: words('mention.role') }]];
}

function markLines({ mayBeRepeat, late }: Marks, words: Words): readonly Line[] {
  const lines: Line[] = [];
  if (late !== null) lines.push(plainText(lateText(late, words)));
  if (mayBeRepeat) lines.push(plainText(words('mark.repeat')));
  return lines;
}

function lateText(late: number, words: Words): string {
  if (late >= 2 * DAY) return words('mark.late.days', { count: Math.round(late / DAY) });
  if (late >= 1.5 * HOUR) return words('mark.late.hours', { count: Math.round(late / HOUR) });
  return words('mark.late.minutes', { count: Math.max(1, Math.round(late / MINUTE)) });
}
