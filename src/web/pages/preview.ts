/** How a message looks on each platform: the payload that the adapter would send, drawn in our own style. */
import { html } from 'hono/html';
import { readLead, TODAY } from '../../domain/alerts/ladder.ts';
import { alerts, type Deadline } from '../../domain/calendar/deadline.ts';
import { passesAt, sortsAt } from '../../domain/calendar/when.ts';
import { clockTimeOf, dayOf, GENEVA } from '../../domain/time.ts';
import { dayText } from '../../message/days.ts';
import { formatAlert } from '../../message/format-alert.ts';
import { deadlineLabel } from '../../message/format-deadline.ts';
import type { Message } from '../../message/message.ts';
import type { Html } from '../html-lines.ts';
import { discordMock } from '../mocks/discord.ts';
import type { Said } from '../mocks/said.ts';
import { slackMock } from '../mocks/slack.ts';
import { deadlinePath, hrefOf, type Page, previewOf, type View } from '../view.ts';

const SHOWN = 12;
const LEAD = readLead('7d!') ?? TODAY;
const ON_TIME = { mayBeRepeat: false, late: null } as const;

/** @param id of the date that is told; null, or one that never alerts: the next that does */
export function previewPage(id: string | null, view: View): Page {
  const { words, voice } = view;
  const title = words('web.preview.title');
  const ahead = alertsAhead(view);
  const asked = view.picture.deadlines.get(id ?? '');
  const deadline = asked !== undefined && alerts(asked) ? asked : ahead[0];
  if (deadline === undefined) return { status: 200, title, part: 'preview', body: html`<h1>${title}</h1><p>${words('test.none')}</p>` };
  const review = view.picture.reviews.get(`${deadline.session}-${deadline.state}`) ?? null;
  const message = formatAlert({ type: 'leads', items: [{ deadline, review, lead: LEAD }] }, ON_TIME, voice);
  const quiet =
    asked !== undefined && asked !== deadline
      ? html`<p class="faults" role="status">${words('web.preview.never', { date: deadlineLabel(asked, voice) })}</p>`
      : '';
  const body = html`<h1>${title}</h1><p class="lead">${words('web.preview.lead')}</p>${quiet}
<p><a href="${hrefOf(deadlinePath(deadline.id), view)}">${words('web.preview.date')}</a></p>
${mocks(message, view)}
<section><h2>${words('web.preview.others')}</h2><ul class="lines">${ahead.slice(0, SHOWN).map((other) => html`<li><a href="${previewOf(other.id, view)}">${deadlineLabel(other, voice)}</a></li>`)}</ul></section>`;
  return { status: 200, title, part: 'preview', body };
}

/** Each date that alerts once, whatever number of States it is told for. */
function alertsAhead({ picture, now }: View): readonly Deadline[] {
  const ahead = [...picture.deadlines.values()].filter((deadline) => alerts(deadline) && (passesAt(deadline.when) ?? 0) > now);
  const one = new Map(ahead.map((deadline) => [`${deadline.kind}|${deadline.session ?? deadline.council}|${sortsAt(deadline.when)}`, deadline]));
  return [...one.values()].sort((a, b) => sortsAt(a.when) - sortsAt(b.when));
}

function mocks(message: Message, view: View): Html {
  const { words, now } = view;
  const sent = view.payloads(message);
  const zone = view.filters.zone ?? GENEVA;
  const said: Said = {
    instant: (at) => words('web.preview.instant', { day: dayText(dayOf(at, zone), 'short', words), time: clockTimeOf(at, zone) }),
    call: (what) => words('web.preview.call', { what }),
  };
  const time = clockTimeOf(now, zone);
  const frame = (platform: 'discord' | 'slack', name: string, drawn: Html) => html`<section class="mock ${platform}" aria-labelledby="${platform}">
<h2 id="${platform}">${name}</h2><div class="post"><svg class="face" width="40" height="40" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0b4f79"/><g fill="none" stroke="#fff" stroke-width="2.5"><circle cx="16" cy="16" r="9"/><path d="M16 10v6l4 3" stroke-linecap="round"/></g></svg>
<div class="said"><p class="from"><strong>UPR Watch</strong> <span class="tag">${words('web.preview.app')}</span> <span class="time">${time}</span></p>${drawn}</div></div></section>`;
  return html`<div class="mocks">${frame('discord', 'Discord', discordMock(sent.discord, said))}${frame('slack', 'Slack', slackMock(sent.slack, said))}</div>`;
}
