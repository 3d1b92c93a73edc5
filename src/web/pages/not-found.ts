/** There is no such page; which ones may have been meant. */
import { html } from 'hono/html';
import type { State } from '../../domain/calendar/facts.ts';
import { nameOf } from '../../domain/calendar/state.ts';
import { hrefOf, type Page, statePath, type View } from '../view.ts';

export type Missed = 'page' | 'state' | 'session' | 'date';

/** @param near States whose names are like what was asked for */
export function notFoundPage(missed: Missed, view: View, near: readonly State[] = []): Page {
  const { words } = view;
  const links = near.map((state) => html`<li><a href="${hrefOf(statePath(state.code), view)}">${nameOf(state, words.locale)}</a></li>`);
  const body = html`<h1>${words('web.not-found')}</h1><p class="lead">${words('web.not-found.what', { what: missed })}</p>
${near.length === 0 ? '' : html`<p>${words('web.not-found.near')}</p><ul class="links">${links}</ul>`}
<p><a href="${hrefOf('/', view)}">${words('web.not-found.home')}</a></p>`;
  return { status: 404, title: words('web.not-found'), part: null, body };
}
