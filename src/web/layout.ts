/** The frame of every page: head, the parts of the site, what the address could not have, foot. */
import { html } from 'hono/html';
import { zoneName } from '../message/days.ts';
import type { Html } from './html-lines.ts';
import { STYLE_PATH } from './style.css.ts';
import { madeOn } from './timeline.ts';
import { hrefOf, type Page, type View } from './view.ts';

export const ICON_PATH = '/icon.svg';
/** A circle of sessions with one of them ahead. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b4f79"/><g fill="none" stroke="#fff" stroke-width="2.5"><circle cx="16" cy="16" r="9"/><path d="M16 10v6l4 3" stroke-linecap="round"/></g></svg>';

const PARTS: readonly (readonly [part: string, path: string])[] = [
  ['next', '/'],
  ['sessions', '/sessions'],
  ['states', '/states'],
  ['participation', '/participation'],
  ['preview', '/preview'],
  ['feeds', '/feeds'],
];

export function layout(page: Page, view: View): Html {
  const { words, direction, filters, now } = view;
  const links = PARTS.map(
    ([part, path]) => html`<li><a href="${hrefOf(path, view)}"${page.part === part ? html` aria-current="page"` : ''}>${words(`web.part.${part}`)}</a></li>`,
  );
  const zone = filters.zone === null ? words('web.foot.geneva') : words('web.foot.zone', { zone: zoneName(filters.zone, now, words) });
  return html`<!doctype html>
<html lang="${words.locale}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${words('web.title', { page: page.title })}</title><meta name="description" content="${words('web.description')}">
<link rel="stylesheet" href="${STYLE_PATH}"><link rel="icon" href="${ICON_PATH}" type="image/svg+xml"></head>
<body><a class="skip" href="#main">${words('web.skip')}</a>
<header><p class="brand"><a href="${hrefOf('/', view)}">UPR Watch</a></p><nav aria-label="${words('web.parts')}"><ul>${links}</ul></nav></header>
<main id="main">${faults(view)}${page.body}</main>
<footer><p>${zone} <a href="${hrefOf('/', view)}#zone">${words('web.foot.change')}</a></p><p>${words('web.foot.about', { day: madeOn(view) })}</p></footer>
</body></html>`;
}

function faults({ faults, words }: View): Html {
  if (faults.length === 0) return html``;
  return html`<div class="faults" role="status">${faults.map((name) => html`<p>${words('web.fault', { name })}</p>`)}</div>`;
}
