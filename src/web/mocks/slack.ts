/** What Slack is sent, drawn in our own style: its blocks, and the mrkdwn that the adapter writes. */
import { html } from 'hono/html';
import { z } from 'zod';
import { type Html, linkHtml } from '../html-lines.ts';
import type { Said } from './said.ts';

const plain = z.object({ text: z.string() });
const block = z.union([
  z.object({ type: z.literal('header'), text: plain }),
  z.object({ type: z.literal('section'), text: plain }),
  z.object({ type: z.literal('context'), elements: z.array(plain) }),
  z.object({
    type: z.literal('actions'),
    elements: z.array(z.union([z.object({ text: plain, style: z.string().optional() }), z.object({ placeholder: plain })])),
  }),
]);
const payload = z.object({ blocks: z.array(block) });

export function slackMock(sent: unknown, said: Said): Html {
  return html`<div class="blocks">${payload.parse(sent).blocks.map((one) => blockOf(one, said))}</div>`;
}

function blockOf(one: z.infer<typeof block>, said: Said): Html {
  switch (one.type) {
    case 'header':
      return html`<p class="heading">${one.text.text}</p>`;
    case 'section':
      return html`${one.text.text.split('\n').map((line) => lineOf(line, said))}`;
    case 'context':
      return html`${one.elements.map(({ text }) => html`<p class="small">${inline(text, said)}</p>`)}`;
    case 'actions':
      return html`<p class="buttons">${one.elements.map((element) =>
        'text' in element
          ? html`<span class="button${element.style === 'primary' ? ' first' : ''}">${element.text.text}</span>`
          : html`<span class="button select">${element.placeholder.text}</span>`,
      )}</p>`;
  }
}

function lineOf(line: string, said: Said): Html {
  return line.startsWith('• ') ? html`<p class="item">${inline(line.slice(2), said)}</p>` : html`<p>${inline(line, said)}</p>`;
}

/** Bold, then what stands in brackets: an instant, somebody who is called, a link. */
const MARKUP =
  /(?<![\p{L}\p{N}])\*(?<bold>[^*\n]+)\*(?![\p{L}\p{N}])|<!date\^(?<at>\d+)\^[^|>]*\|[^>]*>|<(?<call>[@#]|!subteam)[^>]*>|<(?<url>[^|>]+)\|(?<label>[^>]+)>/gu;

function inline(text: string, said: Said): readonly Html[] {
  const found: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    const { bold, at, call, url, label } = match.groups ?? {};
    found.push(html`${unescaped(text.slice(end, match.index))}`);
    end = match.index + match[0].length;
    if (bold !== undefined) found.push(html`<strong>${unescaped(bold)}</strong>`);
    else if (at !== undefined) found.push(html`<span class="chip">${said.instant(Number(at) * 1_000)}</span>`);
    else if (call !== undefined) found.push(html`<span class="chip">${said.call(call === '#' ? 'channel' : 'somebody')}</span>`);
    else found.push(linkHtml(unescaped(label ?? ''), unescaped(url ?? '')));
  }
  return [...found, html`${unescaped(text.slice(end))}`];
}

const LETTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => LETTERS[entity] ?? entity);
}
