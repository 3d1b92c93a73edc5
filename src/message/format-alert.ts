import { type Draft, message } from './build.ts';
import type { AlertContent, Marks, Voice } from './content.ts';
import { formatAmendment } from './format-amendment.ts';
import { formatCard } from './format-card.ts';
import { formatCatchUp } from './format-catch-up.ts';
import { formatChanges } from './format-changes.ts';
import { formatDigest, formatSilence } from './format-digest.ts';
import { formatHistory } from './format-history.ts';
import { formatLeads } from './format-leads.ts';
import { formatNag } from './format-nag.ts';
import { formatNotice } from './format-notice.ts';
import { formatPlanMoved } from './format-plan-moved.ts';
import { formatPlanStays } from './format-plan-stays.ts';
import { plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { inUnits } from './moments.ts';
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
      return formatChanges(content, voice);
    case 'catch-up':
      return formatCatchUp(content.ahead, content.passed, voice);
    case 'notice':
      return formatNotice(content.notice, voice);
    case 'digest':
      return formatDigest(content.digest, content.hands ?? [], voice);
    case 'silence':
      return formatSilence(content.checked, voice);
    case 'amendment':
      return formatAmendment(content, voice);
    case 'card':
      return formatCard(content, voice);
    case 'history':
      return formatHistory(content, voice);
    case 'nag':
      return formatNag(content, voice);
    case 'plan-moved':
      return formatPlanMoved(content, voice);
    case 'plan-stays':
      return formatPlanStays(content, voice);
  }
}

function mention(content: AlertContent, marks: Marks, { reader, words }: Voice): readonly Line[] {
  const alerting = content.type === 'leads' && content.items.some((item) => item.lead.mode === 'alert');
  if (reader.mentionRole === null || !alerting || marks.late !== null || marks.mayBeRepeat) return [];
  return [[{ type: 'role', id: reader.mentionRole, text: words('mention.role') }]];
}

function markLines({ mayBeRepeat, late }: Marks, words: Words): readonly Line[] {
  const lines: Line[] = [];
  if (late !== null) {
    const { unit, count } = inUnits(late);
    lines.push(plainText(words(`mark.late.${unit}`, { count })));
  }
  if (mayBeRepeat) lines.push(plainText(words('mark.repeat')));
  return lines;
}
