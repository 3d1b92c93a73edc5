/** One session: its dates, the States under review with day and stage, the dates ahead and passed, what is not published. */
import { html } from 'hono/html';
import { isOverAt } from '../../domain/calendar/when.ts';
import { reviewRow, sessionFields } from '../../message/format-session.ts';
import { unknownLines } from '../../message/unknown-lines.ts';
import { dateRows } from '../date-rows.ts';
import { bodyHtml, type Html, lineHtml } from '../html-lines.ts';
import { hrefOf, type Page, sessionPath, statePath, type View } from '../view.ts';

export function sessionPage(number: number, view: View): Page {
  const { words, voice, picture, now, answers } = view;
  const answer = answers.session(picture, number);
  const { session, reviews, groups } = answer;
  const others = groups.filter(({ sample }) => sample.kind !== 'review');
  const known = others.filter(({ sample }) => sample.when.from !== null);
  const ahead = known.filter(({ sample }) => (isOverAt(sample) ?? 0) > now);
  const past = known.filter((group) => !ahead.includes(group));
  const gaps = unknownLines(
    others.filter(({ sample }) => sample.when.from === null && sample.standing === 'standing'),
    'named',
    voice,
  );
  const title = words('session.title', { session: number, cycle: session.cycle });
  const rows = reviews.map((review) => ({ state: review.state, cells: reviewRow(review, answer, voice) }));
  const table = html`<table><thead><tr>${['state', 'day', 'stage'].map((column) => html`<th scope="col">${words(`session.column.${column}`)}</th>`)}</tr></thead>
<tbody>${rows.map(({ state, cells: [name = [], ...rest] }) => html`<tr><th scope="row"><a href="${hrefOf(statePath(state), view)}">${lineHtml(name)}</a></th>${rest.map((cell) => html`<td>${lineHtml(cell)}</td>`)}</tr>`)}</tbody></table>`;
  const body = html`<h1>${title}</h1>
<dl class="facts">${sessionFields(answer, voice).map(({ name, value }) => html`<dt>${name}</dt><dd>${lineHtml(value)}</dd>`)}</dl>
<p><a href="${hrefOf('/feeds', view, { session: number })}">${words('web.session.subscribe')}</a></p>
${section(words('web.session.states'), reviews.length === 0 ? html`<p>${words('session.no-states')}</p>` : table)}
${ahead.length === 0 ? '' : section(words('state.ahead'), dateRows(ahead, 'named', view))}
${gaps.length === 0 ? '' : section(words('unknown.heading'), html`${bodyHtml(gaps, 3)}`)}
${past.length === 0 ? '' : html`<details><summary>${words('web.past', { count: past.length })}</summary>${dateRows(past, 'named', view)}</details>`}
${neighbours(number, view)}`;
  return { status: 200, title, part: 'sessions', body };
}

function section(heading: string, content: Html): Html {
  return html`<section><h2>${heading}</h2>${content}</section>`;
}

/** The session before and the one after. */
function neighbours(number: number, view: View): Html {
  const { words, voice } = view;
  const to = (session: number, rel: 'prev' | 'next') =>
    voice.reader.facts.sessions.has(session) ? html`<a rel="${rel}" href="${hrefOf(sessionPath(session), view)}">${words('who.session', { session })}</a>` : '';
  return html`<nav class="pager" aria-label="${words('web.part.sessions')}">${to(number - 1, 'prev')}${to(number + 1, 'next')}</nav>`;
}
