/** What plans do when the time of a wakeup has come: cards are edited, tasks are asked for, what was kept long enough goes. */
import { notBefore } from '../../domain/alerts/quiet-hours.ts';
import { nextStep, type Step } from '../../domain/team/nag.ts';
import { doTo, isSameSide, type Side, type Task } from '../../domain/team/task.ts';
import { atWallClock, dayOf, type Instant } from '../../domain/time.ts';
import type { Logger } from '../../lib/log.ts';
import type { Channel, Store, Wakeup } from '../../store/store.ts';
import { editCards, forgottenAt, lastDay, remindOf, TEAM_KINDS, taskSubject, turnDay } from './arrange.ts';
import { teamAlert } from './bodies.ts';
import { type Plan, put, readPlan } from './teamwork.ts';

export interface TeamWakeDeps {
  readonly store: Store;
  readonly log: Logger;
}

const CHUNK = 200;

/**
 * Does what plans have due. Each in a transaction of its own: one that waits for somebody's change of a task holds no
 * other. Answers how much that was, and whether anything was erased.
 */
export async function wakeTeams({ store, log }: TeamWakeDeps, now: Instant): Promise<{ readonly done: number; readonly erased: boolean }> {
  let [done, erased] = [0, false];
  for (;;) {
    const due = await store.wakeups.due(TEAM_KINDS, now, CHUNK);
    if (due.length === 0) return { done, erased };
    for (const { kind, subject } of due) {
      const gone = await store.transaction(async (trx) => {
        const wakeup = await trx.wakeups.find(kind, subject);
        return wakeup !== null && wakeup.dueAt <= now && (await handle({ store: trx, log }, wakeup, now));
      }, 'planning');
      erased ||= gone;
    }
    done += due.length;
  }
}

/** True when something was erased. Each one ends or moves to a later time. */
async function handle({ store, log }: TeamWakeDeps, { kind, subject, body }: Wakeup, now: Instant): Promise<boolean> {
  const [response = '', number = ''] = subject.split('/');
  const plan = await readPlan(store, response);
  if (plan === null) await store.wakeups.remove(kind, subject);
  else if (kind === 'card') await showCards(store, response, { body, now });
  else if (kind === 'card-day') await newDay(store, plan, now);
  else if (kind === 'task') await askAbout(store, plan, { number: Number(number), now });
  else return forget({ store, log }, plan, now);
  return false;
}

/**
 * One edit for each card. There may be one that waits: both are done at once, and one more is safe where a look at the
 * plan is under way that does not see the last change yet.
 */
async function showCards(store: Store, response: string, { body, now }: { readonly body: string; readonly now: Instant }): Promise<void> {
  const cards = await store.teams.cards(response);
  const channels = await store.subscriptions.channelsBy(cards.map(({ channel }) => channel));
  const said = { type: 'card', onceKey: `card|${response}|${body}`, body: { response }, now } as const;
  // Whoever changes the plan meanwhile has written this wakeup, and is waited for here.
  await store.wakeups.remove('card', response);
  await store.alerts.add(
    channels.map((channel) => teamAlert(channel, said)),
    now,
  );
}

async function newDay(store: Store, { whole, channel }: Plan, now: Instant): Promise<void> {
  await editCards(store, whole.response.id, now);
  await turnDay(store, whole, channel.profile, now);
}

/** A channel that wants to hear nothing is asked when it hears again: nobody loses a task for a question that was not said. */
async function askAbout(store: Store, plan: Plan, { number, now }: { readonly number: number; readonly now: Instant }): Promise<void> {
  const { whole, channel } = plan;
  const { zone, hour } = channel.profile;
  const [task, today] = [whole.tasks.find((one) => one.number === number), dayOf(now, zone)];
  const subject = taskSubject({ response: whole.response.id, number });
  if (task === undefined || whole.response.status === 'closed') return store.wakeups.remove('task', subject);
  if (channel.mute !== null && channel.mute.until > now) return store.wakeups.set({ kind: 'task', subject, dueAt: channel.mute.until, body: '{}' });
  const next = nextStep(task, { today, last: lastDay(whole), zone });
  if (next?.on !== today || atWallClock(today, hour, zone) > now) return remindOf(store, whole, task, { channel, now });
  for (const to of await askedIn(store, plan, { step: next.step, task })) await ask(store, to, { step: next.step, task, day: today, now });
  if (next.step === 'ask-team') await remindOf(store, whole, task, { channel, now });
  else await press(store, plan, { step: next.step, task, now });
}

/** The holder was silent: one step further, as the log says. */
async function press(store: Store, plan: Plan, { step, task, now }: { readonly step: Step; readonly task: Task; readonly now: Instant }): Promise<void> {
  const deed = step === 'hand-back' ? 'hand-back' : 'ask';
  const outcome = doTo(task, { do: deed }, { now, today: dayOf(now, plan.channel.profile.zone), last: lastDay(plan.whole) });
  if ('task' in outcome) await put(store, plan, { task: outcome.task, before: task, by: null, what: deed, now });
}

/** A holder is asked on their own side; the team in every channel that has a card. */
async function askedIn(store: Store, { whole, channel }: Plan, { step, task }: { readonly step: Step; readonly task: Task }): Promise<readonly Channel[]> {
  const open = (await store.teams.bridgesOf(whole.response.id)).filter(({ status }) => status === 'open');
  const partners = await store.subscriptions.channelsBy(open.flatMap(({ partnerChannel }) => partnerChannel ?? []));
  if (step === 'ask-team' || task.holder === null) return [channel, ...partners];
  const { side } = task.holder;
  const own = [channel, ...partners].filter((one) => isSameSide(sideOf(one), side));
  return own.length === 0 ? [channel] : own.slice(0, 1);
}

function sideOf({ platform, installation }: Channel): Side {
  return { platform, installation };
}

interface Asking {
  readonly step: Step;
  readonly task: Task;
  readonly day: string;
  readonly now: Instant;
}

function ask(store: Store, to: Channel, { step, task, day, now }: Asking): Promise<void> {
  const body = { response: task.response, task: task.number, step };
  const onceKey = `nag|${taskSubject(task)}|${step}|${day}`;
  return store.alerts.add([teamAlert(to, { type: 'nag', onceKey, body, now, notBefore: notBefore(now, to.quiet, to.profile.zone) })], now);
}

/** A date that moved, or a longer time that somebody set, puts it off. */
async function forget({ store, log }: TeamWakeDeps, { whole: { response }, channel }: Plan, now: Instant): Promise<boolean> {
  const at = forgottenAt(response, channel);
  if (at > now) {
    await store.wakeups.set({ kind: 'forget', subject: response.id, dueAt: at, body: '{}' });
    return false;
  }
  await store.teams.remove(response.id);
  log.info({ channel: channel.id }, 'A plan was kept long enough after its date and was erased');
  return true;
}
