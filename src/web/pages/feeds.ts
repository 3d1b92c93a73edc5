/** Where the calendar can be subscribed to, narrowed as the address says. */
import { html } from 'hono/html';
import { filterForm } from '../filter-form.ts';
import { queryOf } from '../filters.ts';
import type { Html } from '../html-lines.ts';
import type { Page, View } from '../view.ts';

const FEEDS = [
  { name: 'ics', path: '/calendar.ics', isNarrowed: true },
  { name: 'atom', path: '/changes.atom', isNarrowed: true },
  { name: 'json', path: '/calendar.json', isNarrowed: false },
] as const;

export function feedsPage(view: View): Page {
  const { words, filters, faults, origin } = view;
  const query = queryOf({ ...filters, zone: null, page: 1 });
  const feeds = FEEDS.map(({ name, path, isNarrowed }) => {
    const address = `${path}${isNarrowed ? query : ''}`;
    return html`<section class="feed"><h2>${words(`web.feeds.${name}`)}</h2><p>${words(`web.feeds.${name}-for`)}</p><p class="address"><a href="${address}">${origin}${address}</a></p>${name === 'ics' ? withRanges(view) : ''}</section>`;
  });
  const body = html`<h1>${words('web.part.feeds')}</h1><p class="lead">${words('web.feeds.lead')}</p>${filterForm('/feeds', view)}${feeds}
<p>${words('web.feeds.private')}</p>`;
  return { status: faults.length > 0 ? 400 : 200, title: words('web.part.feeds'), part: 'feeds', body };
}

/** The same calendar with the dates that have no day yet. */
function withRanges({ words, filters, origin }: View): Html {
  const query = queryOf({ ...filters, zone: null, page: 1 });
  const address = `/calendar.ics${query === '' ? '?' : `${query}&`}estimated=yes`;
  return html`<p>${words('web.feeds.ics-ranges')}</p><p class="address"><a href="${address}">${origin}${address}</a></p>`;
}
