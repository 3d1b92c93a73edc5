/** What somebody sees who installs the bot: plain pages without a script, that load nothing. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Words } from '../../message/words.ts';

/** Why a workspace could not install it. */
export type InstallFault = 'denied' | 'state' | 'org' | 'rotation' | 'slack' | 'bot';

const STYLE =
  ':root{color-scheme:light dark}body{font:1.125rem/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}' +
  'a{display:inline-block;padding:.6rem 1.2rem;border:2px solid;border-radius:.4rem;color:inherit}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The style by its hash, and nothing else (https://www.w3.org/TR/CSP3/). The address holds the state: it goes to nobody. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export function askPage(words: Words, url: string): string {
  const text = [words('adapter.slack.install'), words('adapter.slack.install.rights')];
  return page(words, { title: words('adapter.slack.install.title'), text, link: { url, label: words('adapter.slack.install.go') } });
}

export function donePage(words: Words, team: string): string {
  return page(words, { title: words('adapter.slack.installed.title', { team }), text: [words('adapter.slack.installed')], link: null });
}

export function failedPage(words: Words, fault: InstallFault, again: string): string {
  const text = [words(`adapter.slack.not-installed.${fault}`)];
  return page(words, { title: words('adapter.slack.not-installed.title'), text, link: { url: again, label: words('adapter.slack.not-installed.again') } });
}

interface Page {
  readonly title: string;
  readonly text: readonly string[];
  readonly link: { readonly url: string; readonly label: string } | null;
}

function page({ locale }: Words, { title, text, link }: Page): string {
  const button = link === null ? '' : html`<p><a href="${link.url}">${link.label}</a></p>`;
  return String(html`<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(STYLE)}</style></head>
<body><main><h1>${title}</h1>${text.map((paragraph) => html`<p>${paragraph}</p>`)}${button}</main></body>
</html>
`);
}
