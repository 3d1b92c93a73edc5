/** The official date of a plan moved: what the plan would become, asked of the team; or why it stays. */
import type { Redating } from '../domain/team/redate.ts';
import type { WholeResponse } from '../domain/team/response.ts';
import { type Draft, message } from './build.ts';
import type { Voice } from './content.ts';
import type { PlanMovedContent, Seen } from './content-team.ts';
import { dayInline, officialDate } from './dates.ts';
import { bold, joinLines, listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { moveActions } from './team-actions.ts';
import { planTitle, taskTitle } from './team-lines.ts';

const MOST_TASKS = 12;

export function formatPlanMoved({ whole, deadline, proposal, seen }: Omit<PlanMovedContent, 'type'>, voice: Voice): Draft {
  const { words, reader } = voice;
  const title = planTitle(whole.response, deadline, { seen, voice });
  const old = officialDate({ when: whole.response.plannedFor }, voice);
  const now = deadline === null ? words.line('date.unknown') : officialDate(deadline, voice);
  const opening: Line[] = [...(reader.discreet ? [[bold(title)]] : []), words.line('team.moved.date', { old, new: now })];
  const named = reader.discreet ? words('team.moved.discreet') : words('team.moved.title', { title });
  if ('refused' in proposal) return { tone: 'change', title: named, body: [...opening, plainText(words(`team.moved.stays.${proposal.refused}`))] };
  return {
    tone: 'change',
    title: named,
    body: [...opening, ...proposalLines(whole, proposal, { seen, voice }), plainText(words('team.moved.ask'))],
    actions: seen.by === 'owner' ? moveActions(whole.response.id, proposal.plannedFor.from ?? '', words) : [],
  };
}

function proposalLines(
  { response, tasks }: WholeResponse,
  { internal, tasks: days }: Redating,
  { seen, voice }: { readonly seen: Seen; readonly voice: Voice },
): readonly Line[] {
  const { words } = voice;
  const titles = new Map(tasks.map((task) => [task.number, taskTitle(task, seen, words)]));
  const lines = days.slice(0, MOST_TASKS).map(({ number, from, to, compressed }) => {
    const line = words.line('team.moved.task', { title: titles.get(number) ?? '', old: dayInline(from, 'short', words), new: dayInline(to, 'short', words) });
    return listItem(joinLines([line, compressed ? plainText(words('team.mark.compressed')) : []], words('separator')), words);
  });
  const left = days.length - lines.length;
  const own = words.line('team.moved.internal', { old: dayInline(response.internal, 'full', words), new: dayInline(internal, 'full', words) });
  return [
    own,
    ...section(words('team.moved.tasks', { count: days.length }), [...lines, ...(left > 0 ? [plainText(words('followed.more', { count: left }))] : [])]),
  ];
}

/** That a plan was moved, or that it stays as it was. */
export function formatPlanSettled(whole: WholeResponse, what: 'moved' | 'kept' | 'not-moved', voice: Voice): Message {
  const { words } = voice;
  const { response } = whole;
  const body = [
    words.line(`team.settled.${what}`, { date: officialDate({ when: response.plannedFor }, voice), day: dayInline(response.internal, 'full', words) }),
  ];
  return message({
    tone: 'info',
    title: response.title,
    body,
    footer: plainText(words('team.card.footer', { plan: response.id, template: response.template })),
  });
}
