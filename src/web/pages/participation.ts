/** Reviews off the ordinary path: what happened, by whose word, where they stand, what stays open. */
import { html } from 'hono/html';
import { formatParticipation, offPathLines } from '../../message/format-participation.ts';
import { stateName } from '../../message/names.ts';
import { bodyHtml, lineHtml } from '../html-lines.ts';
import { hrefOf, type Page, statePath, type View } from '../view.ts';

export function participationPage(view: View): Page {
  const { voice, picture, now, answers } = view;
  const answer = answers.participation(picture, now);
  const { title, body: lines, footer } = formatParticipation(answer, voice);
  const entry = (one: (typeof answer.reviews)[number]) =>
    html`<section class="review"><h2><a href="${hrefOf(statePath(one.state), view)}">${stateName(one.state, voice)}</a></h2>${bodyHtml(offPathLines(one, answer.dates, voice), 3)}</section>`;
  const body = html`<h1>${title}</h1><p class="lead">${lineHtml(lines[0] ?? [])}</p>${answer.reviews.map(entry)}<p class="small">${lineHtml(footer)}</p>`;
  return { status: 200, title, part: 'participation', body };
}
