/** What a channel reads of its plans: cards as they are to look now, what was done, what is asked for, what a move means. Pure. */
import type { PostedRef } from '../../adapters/adapter.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import { redate } from '../../domain/team/redate.ts';
import type { TeamEvent, WholeResponse } from '../../domain/team/response.ts';
import type { Task } from '../../domain/team/task.ts';
import type { Template } from '../../domain/team/template.ts';
import { dayOf, type Instant } from '../../domain/time.ts';
import type { CardContent, Seen } from '../../message/content-team.ts';
import type { Alert } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import { type NagBody, planOf, readHistory, readMoved, readNag } from '../team/bodies.ts';
import type { Draft } from './compose.ts';

/** A plan as one channel sees it. */
export interface PlanSeen {
  readonly whole: WholeResponse;
  readonly seen: Omit<Seen, 'names'>;
  /** The card in this channel; null until it was posted, or where it was deleted. */
  readonly card: PostedRef | null;
  /** Whether what was done is told in a thread of the card. */
  readonly threads: boolean;
  /** What was done and is to be told here. */
  readonly events: readonly TeamEvent[];
  /** Null where no template has its name any more. */
  readonly template: Template | null;
}

export interface TeamInput {
  readonly ready: readonly Alert[];
  /** Those that this channel may see. */
  readonly plans: ReadonlyMap<string, PlanSeen>;
  readonly changes: ReadonlyMap<string, Change>;
  readonly timing: { readonly zone: string };
  readonly memory: Memory;
  readonly now: Instant;
}

type Superseded = { alert: Alert; reason: string }[];
type Group = readonly [Alert, ...Alert[]];

/** One message a plan and kind; all that waits of the same kind is done at once. */
export function composeTeam(input: TeamInput, isFree: (alert: Alert) => boolean, superseded: Superseded): readonly Draft[] {
  const drafts: Draft[] = [];
  const of = (type: Alert['type'], compose: (alerts: Group, plan: PlanSeen) => Draft | string) => {
    // An edit makes no sound, and a first card answers a command: neither waits for the morning.
    const free = input.ready.filter((alert) => alert.type === type && (type === 'card' || isFree(alert)));
    for (const [id, alerts] of Map.groupBy(free, planOf)) {
      const plan = input.plans.get(id ?? '');
      const composed = plan === undefined ? 'the plan is not there any more' : compose(alerts as [Alert, ...Alert[]], plan);
      if (typeof composed !== 'string') drafts.push(composed);
      else superseded.push(...alerts.map((alert) => ({ alert, reason: composed })));
    }
  };
  of('plan-moved', (alerts, plan) => composeMoved(alerts, plan, input));
  of('card', (alerts, plan) => composeCard(alerts, plan, input));
  of('nag', (alerts, plan) => composeNag(alerts, plan, { input, superseded }));
  of('history', composeHistory);
  return drafts;
}

const LEFT = { edits: null, folded: [] } as const;

function deadlineOf({ whole }: PlanSeen, { memory }: TeamInput) {
  return memory.versions.get(whole.response.deadline)?.deadline ?? null;
}

function composeCard(alerts: Group, plan: PlanSeen, input: TeamInput): Draft {
  const { whole, seen, card } = plan;
  // A name in a new message would ping; it comes with the first edit.
  const shown = { ...seen, names: card !== null };
  const content: CardContent = { type: 'card', whole, deadline: deadlineOf(plan, input), today: dayOf(input.now, input.timing.zone), seen: shown };
  const again = card === null && whole.tasks.some(({ holder }) => holder !== null);
  return { ...LEFT, type: 'card', content, edits: card, alerts, card: { response: whole.response.id, again } };
}

function composeHistory(alerts: Group, { whole, seen, card, threads, events }: PlanSeen): Draft | string {
  if (card === null || !threads) return 'its card has no thread';
  const wanted = new Set(alerts.map((alert) => readHistory(alert).event));
  const told = events.filter(({ id }) => wanted.has(id));
  if (told.length === 0) return 'it is not in the log any more';
  const content = { type: 'history', whole, events: told, seen: { ...seen, names: false } } as const;
  return { ...LEFT, type: 'history', content, alerts, below: { card, response: whole.response.id } };
}

function composeNag(alerts: Group, { whole, seen }: PlanSeen, { input, superseded }: { input: TeamInput; superseded: Superseded }): Draft | string {
  const asked = alerts.flatMap((alert) => {
    const { task: number, step } = readNag(alert);
    const task = whole.tasks.find((one) => one.number === number);
    return task !== undefined && whole.response.status === 'open' && stillAsks(step, task) ? [{ alert, item: { step, task } }] : [];
  });
  const [first, ...rest] = asked.map(({ alert }) => alert);
  if (first === undefined) return 'it was answered';
  const left = alerts.filter((alert) => !asked.some((one) => one.alert === alert));
  superseded.push(...left.map((alert) => ({ alert, reason: 'it was answered' })));
  const items = asked.map(({ item }) => item);
  const content = { type: 'nag', whole, items, today: dayOf(input.now, input.timing.zone), seen: { ...seen, names: true } } as const;
  return { ...LEFT, type: 'nag', content, alerts: [first, ...rest] };
}

function stillAsks(step: NagBody['step'], { doneAt, holder, asked }: Task): boolean {
  if (doneAt !== null) return false;
  if (step === 'ask-team' || step === 'hand-back') return holder === null;
  return holder !== null && asked === (step === 'ask-holder' ? 'asked' : 'warned');
}

/** The last change speaks: what lay between is history. */
function composeMoved(alerts: Group, plan: PlanSeen, input: TeamInput): Draft | string {
  const { whole, template } = plan;
  if (whole.response.status === 'closed') return 'the plan is closed';
  const seen = { ...plan.seen, names: false };
  const deadline = deadlineOf(plan, input);
  const at = { now: input.now, today: dayOf(input.now, input.timing.zone), holidays: input.memory.holidays };
  const moves = alerts.some((alert) => readMoved(alert).why === 'date');
  const proposal = moves && deadline !== null ? redate({ ...whole, template }, deadline, at) : null;
  if (proposal !== null || (moves && deadline === null)) {
    return { ...LEFT, type: 'plan-moved', content: { type: 'plan-moved', whole, deadline, proposal: proposal ?? { refused: 'no-day' }, seen }, alerts };
  }
  const change = alerts
    .map(readMoved)
    .flatMap(({ why, revision, seq }) => (why === 'review' ? (input.changes.get(`${revision}|${seq}`) ?? []) : []))
    .at(-1);
  if (change === undefined) return 'the plan has this date already';
  return { ...LEFT, type: 'plan-stays', content: { type: 'plan-stays', whole, change, seen }, alerts };
}
