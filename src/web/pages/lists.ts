/** Every session and every State, as ways in. */
import { html } from 'hono/html';
import { REGIONS, type State } from '../../domain/calendar/facts.ts';
import { nameOf } from '../../domain/calendar/state.ts';
import { officialDate } from '../../message/dates.ts';
import { lineHtml } from '../html-lines.ts';
import { hrefOf, type Page, sessionPath, statePath, type View } from '../view.ts';

export function sessionsPage(view: View): Page {
  const { words, voice } = view;
  const sessions = [...voice.reader.facts.sessions.values()].sort((a, b) => b.number - a.number);
  const cycles = [...new Set(sessions.map(({ cycle }) => cycle))];
  const row = ({ number, dates }: (typeof sessions)[number]) =>
    html`<tr><th scope="row"><a href="${hrefOf(sessionPath(number), view)}">${words('who.session', { session: number })}</a></th>
<td>${lineHtml(officialDate(dates, voice))}</td><td>${words(`certainty.${dates.certainty}`)}</td></tr>`;
  const columns = ['session', 'dates', 'certainty'].map((column) => html`<th scope="col">${words(`web.sessions.${column}`)}</th>`);
  const body = html`<h1>${words('web.part.sessions')}</h1><p class="lead">${words('web.sessions.lead')}</p>
${cycles.map((cycle) => html`<section><h2>${words('web.sessions.cycle', { cycle })}</h2><table><thead><tr>${columns}</tr></thead><tbody>${sessions.filter((session) => session.cycle === cycle).map(row)}</tbody></table></section>`)}`;
  return { status: 200, title: words('web.part.sessions'), part: 'sessions', body };
}

export function statesPage(view: View): Page {
  const { words, voice } = view;
  const states = [...voice.reader.facts.states.values()];
  const named = (some: readonly State[]) =>
    some.map((state) => ({ code: state.code, name: nameOf(state, words.locale) })).sort((a, b) => a.name.localeCompare(b.name, words.locale));
  const groups = [...REGIONS.map((region) => ({ title: words(`region.${region}`), of: region })), { title: words('web.states.no-region'), of: null }];
  const body = html`<h1>${words('web.part.states')}</h1><p class="lead">${words('web.states.lead')}</p>
${groups.map(({ title, of }) => html`<section><h2>${title}</h2><ul class="columns">${named(states.filter(({ region }) => region === of)).map(({ code, name }) => html`<li><a href="${hrefOf(statePath(code), view)}">${name}</a></li>`)}</ul></section>`)}`;
  return { status: 200, title: words('web.part.states'), part: 'states', body };
}
