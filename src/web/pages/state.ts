/** One State: every listing with its stage, what is so beside it, its dates ahead and passed, and what is not published. */
import { html } from 'hono/html';
import type { StateAnswer } from '../../message/content.ts';
import { reviewLines, sortedDates } from '../../message/format-state.ts';
import { stateInSentence, stateName } from '../../message/names.ts';
import { unknownLines } from '../../message/unknown-lines.ts';
import { dateRows } from '../date-rows.ts';
import { bodyHtml, type Html, lineHtml } from '../html-lines.ts';
import { hrefOf, type Page, sessionPath, type View } from '../view.ts';

export function statePage(code: string, view: View): Page {
  const { words, voice, picture, answers } = view;
  const { reviews } = answers.state(picture, code);
  const region = voice.reader.facts.states.get(code)?.region ?? null;
  const title = stateName(code, voice);
  const none = reviews.length === 0 ? html`<p>${words('state.none', { State: stateInSentence(code, voice).State })}</p>` : '';
  const body = html`<h1>${title}</h1>${region === null ? '' : html`<p class="lead">${words(`region.${region}`)}</p>`}
<p><a href="${hrefOf('/feeds', view, { state: code })}">${words('web.state.subscribe')}</a></p>
${none}${reviews.map((reviewed) => reviewSection(reviewed, view))}`;
  return { status: 200, title, part: 'states', body };
}

function reviewSection(reviewed: StateAnswer['reviews'][number], view: View): Html {
  const { words, voice, now } = view;
  const { review, deadlines } = reviewed;
  const { ahead, fallen, passed, unknown } = sortedDates(deadlines, now);
  const [title = [], ...lines] = reviewLines(review, deadlines, voice);
  const heading = title.map(({ text }) => ({ type: 'text', text }) as const);
  const link = html`<a href="${hrefOf(sessionPath(review.session), view)}">${lineHtml(heading)}</a>`;
  const gaps = unknownLines(unknown, 'implied', voice);
  const past = [...fallen, ...passed];
  return html`<section class="review"><h2>${link}</h2>${bodyHtml(lines, 3)}
${ahead.length === 0 ? '' : html`<h3>${words('state.ahead')}</h3>${dateRows(ahead, 'implied', view)}`}
${gaps.length === 0 ? '' : html`<h3>${words('unknown.heading')}</h3>${bodyHtml(gaps, 3)}`}
${past.length === 0 ? '' : html`<details><summary>${words('web.past', { count: past.length })}</summary>${dateRows(past, 'implied', view)}</details>`}</section>`;
}
