import { message } from './build.ts';
import { link, plainText } from './inline.ts';
import type { Field, Message } from './message.ts';
import { hostOf } from './sources.ts';
import type { Words } from './words.ts';

/** What a term means, who acts and when, and where it is written. */
export function formatTerm({ id, source }: { readonly id: string; readonly source: string | null }, words: Words): Message {
  const fields: Field[] = [
    { name: words('term.who'), value: plainText(words(`explain.${id}.who`)) },
    { name: words('term.when'), value: plainText(words(`explain.${id}.when`)) },
  ];
  return message({
    tone: 'info',
    title: words(`explain.${id}.name`),
    body: [plainText(words(`explain.${id}.what`))],
    fields,
    footer: source === null ? [] : words.line('term.source', { source: link(hostOf(source), source) }),
  });
}
