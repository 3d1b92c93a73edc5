/** All about one date: how sure it is, by whose word, what other sources say, what became of it, what follows from it. */
import { html } from 'hono/html';
import type { Anchor, Deadline } from '../../domain/calendar/deadline.ts';
import type { DeadlineKind } from '../../domain/calendar/kinds.ts';
import { formatDeadline } from '../../message/format-deadline.ts';
import { groupDeadlines } from '../../message/group.ts';
import { stateInSentence } from '../../message/names.ts';
import { certaintyMark, dateRows } from '../date-rows.ts';
import { bodyHtml, type Html, lineHtml } from '../html-lines.ts';
import { deadlinePath, hrefOf, type Page, previewOf, sessionPath, statePath, type View } from '../view.ts';

export async function deadlinePage(deadline: Deadline, view: View): Promise<Page> {
  const { words, voice, picture, answers } = view;
  const { title, body: lines, fields, footer } = formatDeadline({ deadline, history: await answers.history(deadline.id) }, voice);
  const [date = [], ...rest] = lines;
  const followers = groupDeadlines([...picture.deadlines.values()].filter((other) => followsFrom(other, deadline)));
  const body = html`<h1>${title}</h1><p class="big">${lineHtml(date)}</p><p class="how">${certaintyMark(deadline, view)}</p>
<dl class="facts">${fields.slice(1).map(({ name, value }) => html`<dt>${name}</dt><dd>${lineHtml(value)}</dd>`)}</dl>
${links(deadline, view)}${bodyHtml(rest, 2)}
${followers.length === 0 ? '' : html`<section><h2>${words('web.deadline.follows')}</h2><p>${words('web.deadline.follows-if')}</p>${dateRows(followers, 'implied', view)}</section>`}
<p class="small">${lineHtml(footer)}</p>`;
  return { status: 200, title, part: null, body };
}

/** What each kind of date is to the rules that count from it. */
const ANCHOR_OF: Partial<Record<DeadlineKind, Anchor>> = { review: 'review', presession: 'presession', outcome_adoption: 'adoption' };

/** Whether a rule counts one date from the other. */
function followsFrom({ basis, state, session }: Deadline, from: Deadline): boolean {
  if (basis.by !== 'rule' || basis.anchor !== ANCHOR_OF[from.kind] || session !== from.session) return false;
  return from.state === null || state === from.state;
}

function links(deadline: Deadline, view: View): Html {
  const { words, voice, picture } = view;
  const { state, session, basis } = deadline;
  const anchor = basis.by === 'rule' ? [...picture.deadlines.values()].find((other) => followsFrom(deadline, other)) : undefined;
  const all = [
    ...(anchor === undefined ? [] : [{ path: deadlinePath(anchor.id), text: words('web.deadline.counted-from', { kind: words(`kind.${anchor.kind}`) }) }]),
    ...(state === null ? [] : [{ path: statePath(state), text: words('web.all-about', { who: stateInSentence(state, voice).state }) }]),
    ...(session === null ? [] : [{ path: sessionPath(session), text: words('web.all-about', { who: words('web.session', { session }) }) }]),
  ];
  const preview = html`<li><a href="${previewOf(deadline.id, view)}">${words('web.deadline.preview')}</a></li>`;
  return html`<ul class="links">${all.map(({ path, text }) => html`<li><a href="${hrefOf(path, view)}">${text}</a></li>`)}${preview}</ul>`;
}
