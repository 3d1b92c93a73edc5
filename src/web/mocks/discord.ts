/** What Discord is sent, drawn in our own style: its components, and the Markdown that the adapter writes. */
import { html } from 'hono/html';
import { z } from 'zod';
import { type Html, linkHtml } from '../html-lines.ts';
import type { Said } from './said.ts';

const button = z.object({ type: z.literal(2), label: z.string(), style: z.number() });
const select = z.object({ type: z.literal(3), placeholder: z.string() });
const part = z.union([
  z.object({ type: z.literal(10), content: z.string() }),
  z.object({ type: z.literal(14) }),
  z.object({ type: z.literal(1), components: z.array(z.union([button, select])) }),
]);
const payload = z.object({
  components: z.array(z.object({ accent_color: z.number().int().min(0).max(0xffffff).optional(), components: z.array(part) })),
});

export function discordMock(sent: unknown, said: Said): Html {
  const [container] = payload.parse(sent).components;
  const colour = `#${(container?.accent_color ?? 0x888888).toString(16).padStart(6, '0')}`;
  const parts = (container?.components ?? []).map((one) => {
    if ('content' in one) return one.content.split('\n').map((line) => lineOf(line, said));
    return 'components' in one ? html`<p class="buttons">${one.components.map(actionOf)}</p>` : '';
  });
  return html`<div class="embed"><svg class="accent" width="4" height="100%" aria-hidden="true"><rect width="4" height="100%" fill="${colour}"/></svg><div>${parts}</div></div>`;
}

function actionOf(action: z.infer<typeof button> | z.infer<typeof select>): Html {
  return 'label' in action
    ? html`<span class="button${action.style === 1 ? ' first' : ''}">${action.label}</span>`
    : html`<span class="button select">${action.placeholder}</span>`;
}

function lineOf(line: string, said: Said): Html {
  if (line.startsWith('## ')) return html`<p class="heading">${inline(line.slice(3), said)}</p>`;
  if (line.startsWith('-# ')) return html`<p class="small">${inline(line.slice(3), said)}</p>`;
  return line.startsWith('- ') ? html`<p class="item">${inline(line.slice(2), said)}</p>` : html`<p>${inline(line, said)}</p>`;
}

/** An escaped character, bold, a masked link, an instant, somebody who is called. */
const MARKUP = /\\(?<literal>.)|\*\*(?<bold>(?:\\.|[^*\\])+)\*\*|\[(?<label>(?:\\.|[^\]\\])+)\]\((?<url>[^)\s]+)\)|<t:(?<at>-?\d+):f>|<(?<call>@&?|#)\d+>/gsu;

function inline(text: string, said: Said): readonly Html[] {
  const found: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    const { literal, bold, label, url, at, call } = match.groups ?? {};
    found.push(html`${text.slice(end, match.index)}`);
    end = match.index + match[0].length;
    if (literal !== undefined) found.push(html`${literal}`);
    else if (bold !== undefined) found.push(html`<strong>${inline(bold, said)}</strong>`);
    else if (label !== undefined && url !== undefined) found.push(linkHtml(label.replace(/\\(.)/gsu, '$1'), url));
    else if (at !== undefined) found.push(html`<span class="chip">${said.instant(Number(at) * 1_000)}</span>`);
    else found.push(html`<span class="chip">${said.call(call === '#' ? 'channel' : 'somebody')}</span>`);
  }
  return [...found, html`${text.slice(end)}`];
}
