import { message } from './build.ts';
import type { LeadItem, Voice } from './content.ts';
import { formatLeads } from './format-leads.ts';
import { plainText } from './inline.ts';
import type { Message } from './message.ts';

/** How an alert looks, marked as a test in its title and in its first line. */
export function formatSample(item: LeadItem, voice: Voice): Message {
  const draft = formatLeads([item], voice);
  const { words } = voice;
  return message({ ...draft, title: words('test.title', { title: draft.title }), body: [plainText(words('test.sample')), ...draft.body] });
}
