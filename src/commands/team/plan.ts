/** Commands on a whole plan. */
import type { SignOn } from '../../domain/team/response.ts';
import { message } from '../../message/build.ts';
import { formatPlan } from '../../message/format-card.ts';
import { formatLog } from '../../message/format-history.ts';
import { formatExport, formatSignOn } from '../../message/format-team.ts';
import { toCsv, toMarkdown } from '../../message/plain-files.ts';
import { toIcs } from '../../message/plan-ics.ts';
import { planTable } from '../../message/plan-table.ts';
import type { Answer, Ask, Run } from '../asked.ts';
import { linkOf } from '../read-correction.ts';
import { read, required } from '../read-options.ts';
import { UserError } from '../user-error.ts';
import { EXPORT_FORMATS, formatsIn } from './choices.ts';
import { closeAsked } from './close.ts';
import { proposeMove } from './move.ts';
import { runPlanNew } from './plan-new.ts';
import { dayAsked, deadlineOfPlan, numberAsked, planAsked, todayOf } from './read-plan.ts';
import { actorOf, demandOwn, type Seat } from './seat.ts';

const LOG_LINES = 200;
const MOST_NAMES = 100_000;

const show: Run = async (ask) => {
  const seat = await planAsked(ask);
  const draft = formatPlan({ ...seat, deadline: deadlineOfPlan(ask, seat), today: todayOf(ask) }, ask.voice);
  return { message: message(draft), audience: 'asker', again: { command: 'plan show', options: { plan: seat.whole.response.id } }, share: null };
};

const move: Run = async (ask) => proposeMove(ask, await planAsked(ask));

const close: Run = async (ask) => closeAsked(ask, await planAsked(ask));

/** A closing date, a count and a link to the team's own list; what is left out stays. */
const signOn: Run = async (ask) => {
  const seat = await planAsked(ask);
  demandOwn(seat, ask);
  const { response } = seat.whole;
  const asked = { closesOn: dayAsked(ask, 'closes'), count: numberAsked(ask, 'count', MOST_NAMES), link: linkOf(ask, 'link') };
  const closesOn = required(asked.closesOn ?? response.signOn?.closesOn ?? null, 'closes', ask);
  const next = (before: SignOn | null): SignOn => ({ closesOn, count: asked.count ?? before?.count ?? 0, link: asked.link ?? before?.link ?? null });
  const done = await ask.deps.teamwork.change(
    response.id,
    (whole) =>
      whole.response.status === 'closed' ? { refused: 'closed' as const } : { ...whole, response: { ...whole.response, signOn: next(whole.response.signOn) } },
    actorOf(ask),
    'sign-on',
  );
  if ('refused' in done) throw new UserError(ask.words(done.refused === 'closed' ? 'team.is-closed' : 'team.no-plan'));
  const set = done.response.signOn ?? next(null);
  return { message: formatSignOn(done, set, todayOf(ask), ask.voice), audience: 'asker', again: null };
};

const log: Run = async (ask) => {
  const seat = await planAsked(ask);
  demandOwn(seat, ask);
  const { id } = seat.whole.response;
  const events = await ask.deps.store.teams.logOf(id, LOG_LINES);
  return { message: formatLog({ ...seat, events }, ask.voice), audience: 'asker', again: null, share: null };
};

/** The tasks as text to copy. What goes further than a channel holds no ids and no names of people. */
const exported: Run = async (ask) => {
  const seat = await planAsked(ask);
  demandOwn(seat, ask);
  const value = required(read(ask, 'format', 'export-format', formatsIn(ask.words)), 'format', ask);
  const format = EXPORT_FORMATS.find((one) => one === value) ?? 'csv';
  const text = textIn(format, seat, ask);
  const again = { command: 'plan export', options: { plan: seat.whole.response.id, format } };
  return { message: formatExport(seat.whole.response.title, text, ask.voice), audience: 'asker', again, share: null } satisfies Answer;
};

function textIn(format: (typeof EXPORT_FORMATS)[number], { whole }: Seat, ask: Ask): string {
  if (format === 'ics') return toIcs(whole, ask.now);
  const table = planTable([whole], todayOf(ask), ask.words);
  return format === 'csv' ? toCsv(table) : toMarkdown(table);
}

export const PLAN_RUNS: Readonly<Record<string, Run>> = {
  'plan new': runPlanNew,
  'plan show': show,
  'plan close': close,
  'plan move': move,
  'plan sign-on': signOn,
  'plan log': log,
  'plan export': exported,
};
