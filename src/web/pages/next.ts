/** What is next: the cycle as a picture, then the dates ahead in time order, then what nobody has published. */
import { html } from 'hono/html';
import { currentCycle } from '../../domain/calendar/participation.ts';
import type { DeadlineGroup } from '../../message/content.ts';
import { stateInSentence } from '../../message/names.ts';
import { silentLines, unknownLines } from '../../message/unknown-lines.ts';
import { dateRows } from '../date-rows.ts';
import { filterForm } from '../filter-form.ts';
import { bodyHtml, type Html } from '../html-lines.ts';
import { coursesOf, timeline } from '../timeline.ts';
import { hrefOf, type Page, sessionPath, statePath, type View } from '../view.ts';

const ROWS = 20;

export function nextPage(view: View): Page {
  const { words, filters, picture, now, voice, answers, faults } = view;
  const { upcoming, unknown, silent = [] } = answers.next(picture, filters, now);
  const ofCertainty = ({ sample }: DeadlineGroup) => filters.certainty === null || sample.certainty === filters.certainty;
  const dates = upcoming.filter(ofCertainty);
  const pages = Math.max(1, Math.ceil(dates.length / ROWS));
  const page = Math.min(filters.page, pages);
  const cycle = currentCycle(picture, now);
  const gaps = [...unknownLines(unknown.filter(ofCertainty), 'named', voice), ...silentLines(silent, voice)];
  const body = html`<h1>${words('web.next.title')}</h1><p class="lead">${words('web.next.lead')}</p>
${timeline(coursesOf(voice.reader.facts, picture, cycle), cycle, view)}
<section aria-labelledby="dates"><h2 id="dates">${words('web.next.dates')}</h2>
${filterForm('/', view)}${more(view)}
<p class="count">${words('web.next.count', { count: dates.length })}</p>
${dateRows(dates.slice((page - 1) * ROWS, page * ROWS), 'named', view)}${pager(page, pages, view)}</section>
${gaps.length === 0 ? '' : html`<section class="gaps"><h2>${words('unknown.heading')}</h2><p>${words('web.next.gaps')}</p>${bodyHtml(gaps, 3)}</section>`}`;
  return { status: faults.length > 0 ? 400 : 200, title: words('web.next.title'), part: 'next', body };
}

/** Where all about the State or the session stands that the list was narrowed to. */
function more(view: View): Html {
  const { words, filters, voice } = view;
  const links = [
    ...(filters.state === null ? [] : [{ path: statePath(filters.state), who: stateInSentence(filters.state, voice).state }]),
    ...(filters.session === null ? [] : [{ path: sessionPath(filters.session), who: words('web.session', { session: filters.session }) }]),
  ];
  return html`${links.map(({ path, who }) => html`<p><a href="${hrefOf(path, view)}">${words('web.all-about', { who })}</a></p>`)}`;
}

function pager(page: number, pages: number, view: View): Html {
  if (pages === 1) return html``;
  const { words, filters } = view;
  const to = (number: number, rel: 'prev' | 'next') =>
    number < 1 || number > pages ? '' : html`<a rel="${rel}" href="${hrefOf('/', view, { ...filters, page: number })}#dates">${words(`web.pager.${rel}`)}</a>`;
  return html`<nav class="pager" aria-label="${words('web.pager')}">${to(page - 1, 'prev')}<span>${words('web.pager.here', { page, pages })}</span>${to(page + 1, 'next')}</nav>`;
}
