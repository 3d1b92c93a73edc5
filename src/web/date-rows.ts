/** Dates as rows of a list: when, what, whose, how sure, by whose word. Each leads to the page of its date. */
import { html } from 'hono/html';
import type { Certainty } from '../domain/calendar/certainty.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { certaintyText } from '../message/certainty.ts';
import type { DeadlineGroup } from '../message/content.ts';
import { claimLines } from '../message/date-line.ts';
import { officialDate, timeLeft } from '../message/dates.ts';
import { stateList, stateName, statesOf, whoOf } from '../message/names.ts';
import { checkedLine, sourcesWithClass } from '../message/sources.ts';
import { type Html, lineHtml } from './html-lines.ts';
import { deadlinePath, hrefOf, type View } from './view.ts';

/** @param naming whether a row says whose date it is, or stands under a heading that does */
export function dateRows(groups: readonly DeadlineGroup[], naming: 'named' | 'implied', view: View): Html {
  return html`<ul class="dates">${groups.map((group) => dateRow(group, naming, view))}</ul>`;
}

function dateRow(group: DeadlineGroup, naming: 'named' | 'implied', view: View): Html {
  const { voice, words, now } = view;
  const { sample, deadlines } = group;
  const left = timeLeft(sample, now, words);
  const sources = sourcesWithClass(
    deadlines.flatMap(({ source }) => source),
    voice,
  );
  const oldest = deadlines.reduce((a, b) => ((b.checked ?? '') < (a.checked ?? '') ? b : a));
  return html`<li>
<p class="when">${lineHtml(officialDate(sample, voice))}${left === null ? '' : html` <span class="left">${left}</span>`}</p>
<div class="what">${whatOf(group, naming, view)}
${claimLines(sample, 'sentence', voice).map((line) => html`<p class="claim">${lineHtml(line)}</p>`)}
<p class="how">${certaintyMark(sample, view)}</p>
<p class="by">${lineHtml(sources)}, ${lineHtml(checkedLine(oldest, voice))}</p></div></li>`;
}

/** A date of several States names each, since each has a page of its own. */
function whatOf({ sample, deadlines }: DeadlineGroup, naming: 'named' | 'implied', view: View): Html {
  const { voice, words } = view;
  const kind = words(`kind.${sample.kind}`);
  const to = (deadline: Deadline) => hrefOf(deadlinePath(deadline.id), view);
  if (deadlines.length === 1) {
    const who = naming === 'implied' && sample.state !== null ? '' : html`<span class="who">${whoOf(deadlines, voice)}</span>`;
    return html`<h3><a href="${to(sample)}">${kind}</a></h3>${who}`;
  }
  const named = deadlines.map((deadline) => ({ deadline, name: deadline.state === null ? kind : stateName(deadline.state, voice) }));
  named.sort((a, b) => a.name.localeCompare(b.name, words.locale));
  return html`<h3>${kind}</h3><details class="who"><summary>${whose(deadlines, view)}</summary>
<ul class="names">${named.map(({ deadline, name }) => html`<li><a href="${to(deadline)}">${name}</a></li>`)}</ul></details>`;
}

/** The first States by name, with their session, as a chat says it. */
function whose(deadlines: readonly Deadline[], { voice, words }: View): string {
  const names = stateList(statesOf(deadlines), voice);
  const session = deadlines[0]?.session ?? null;
  return session === null ? names : words('names.of-session', { names, session });
}

/** How sure a date is, in words, with a sign beside them. */
export function certaintyMark(deadline: Deadline, { voice }: View): Html {
  return html`<span class="certainty ${SIGN[deadline.certainty]}">${certaintyText(deadline, voice)}</span>`;
}

/** Full, half and empty, so that the sign says the same without its colour. */
const SIGN: Readonly<Record<Certainty, string>> = {
  'fixed-rule': 'sure',
  published: 'sure',
  tentative: 'half',
  estimated: 'unsure',
  voluntary: 'unsure',
  unknown: 'unsure',
};
