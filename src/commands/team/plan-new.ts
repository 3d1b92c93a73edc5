/** A plan is begun: from a template, for a date that is known, in the channel where it is asked for. */
import { createHash, randomInt } from 'node:crypto';
import type { Deadline } from '../../domain/calendar/deadline.ts';
import { planOf } from '../../domain/team/plan.ts';
import type { WholeResponse } from '../../domain/team/response.ts';
import { type Offset, readOffset, type Template, templateFor, templatesThatSuit } from '../../domain/team/template.ts';
import { formatBegun, formatOpenChannel, formatUnplannable } from '../../message/format-team.ts';
import { deadlineTitle } from '../../message/team-lines.ts';
import { type Answer, type Ask, type Run, voiceAloud } from '../asked.ts';
import { newChannel } from '../channel.ts';
import type { DeedAsk } from '../deeds.ts';
import { standingHere } from '../follow.ts';
import { clip, quoted } from '../quote.ts';
import { deadlineOf, read, required, textOf } from '../read-options.ts';
import { UserError } from '../user-error.ts';
import { LONGEST, templatesIn, todayOf } from './read-plan.ts';
import { actorOf, seatsOf, sideOf } from './seat.ts';

/** More than a channel can work on. */
const MOST_OPEN = 25;
const [ID_LENGTH, ID_LETTERS] = [8, 'abcdefghjkmnpqrstuvwxyz23456789'];
const KEY_LENGTH = 6;

interface Wanted {
  readonly deadline: Deadline;
  readonly template: Template;
  readonly internal: Offset | null;
}

export const runPlanNew: Run = async (ask) => {
  demandPlanner(ask);
  return begin(ask, wantedOf(ask), 'ask');
};

/** "Post here anyway": what was wanted is in the button, and all of it is looked at again. */
export async function runPost(ask: DeedAsk): Promise<Answer> {
  demandPlanner(ask);
  const [id = '', key = '', internal = ''] = ask.argument.split('/');
  const template = [...ask.deps.templates.values()].find((one) => keyOf(one) === key);
  const deadline = ask.picture.deadlines.get(id);
  if (template === undefined || deadline === undefined) throw new UserError(ask.words('answer.old'));
  return begin(ask, { deadline, template, internal: readOffset(internal) }, 'post');
}

/** @throws UserError for guests and strangers, and for whoever is not of the team that the channel named. */
function demandPlanner({ by, channel, words }: Ask): void {
  const teamRole = channel?.teamRole ?? null;
  if (by.may === 'nothing' || (teamRole !== null && !by.ids.includes(teamRole))) throw new UserError(words('team.no-seat'));
}

function wantedOf(ask: Ask): Wanted {
  const deadline = required(deadlineOf(ask), 'deadline', ask);
  const asked = read(ask, 'template', 'template', templatesIn(ask));
  const all = ask.deps.templates;
  const template = asked === null ? templateFor(deadline.kind, all.values()) : (all.get(asked) ?? null);
  const suiting = templatesThatSuit(deadline.kind, all.values());
  if (template === null || !suiting.includes(template)) throw new UserError(unsuited(deadline, suiting.length > 0 ? suiting : [...all.values()], ask));
  return { deadline, template, internal: internalOf(ask) };
}

function unsuited({ kind }: Deadline, templates: readonly Template[], { words }: Ask): string {
  const names = templates.slice(0, 12).map(({ id }) => id);
  return words('team.no-template', { kind: words(`kind.${kind}`), names: names.join(words('list.comma')) });
}

function internalOf(ask: Ask): Offset | null {
  const typed = textOf(ask, 'internal');
  if (typed === null) return null;
  const offset = readOffset(typed.replace(/\s+/g, '').toLowerCase());
  if (offset === null) throw new UserError(ask.words('option-error.internal', { typed: quoted(typed) }));
  return offset;
}

async function begin(ask: Ask, { deadline, template, internal }: Wanted, mode: 'ask' | 'post'): Promise<Answer> {
  const at = { now: ask.now, today: todayOf(ask), holidays: ask.facts.holidays };
  const made = planOf(template, deadline, internal === null ? at : { ...at, internal });
  if ('refused' in made) return answered(formatUnplannable(deadline, made.refused, ask.voice));
  const standing = await standingHere(ask);
  const here = (await seatsOf(ask)).filter(({ whole: { response } }) => response.channel === ask.channelId);
  if (here.filter(({ whole }) => whole.response.status === 'open').length >= MOST_OPEN) throw new UserError(ask.words('team.too-many', { most: MOST_OPEN }));
  const everyone = standing?.everyoneReads ?? null;
  if (mode === 'ask' && here.length === 0 && everyone !== false) {
    const about = [deadline.id, keyOf(template), ...(internal === null ? [] : [`${internal.count}${internal.unit}`])].join('/');
    return answered(formatOpenChannel({ platform: ask.platform, isKnown: everyone === true }, about, ask.voice));
  }
  const whole = wholeOf(ask, { deadline, template, plan: made.plan });
  await knowChannel(ask);
  await ask.deps.teamwork.begin(whole, actorOf(ask));
  const kept = { keepDays: (ask.channel ?? newChannel(ask)).keepDays, holidaysUnknown: made.plan.holidaysUnknown.length > 0 };
  return answered(formatBegun(whole, kept, ask.voice));
}

function answered(message: Answer['message']): Answer {
  return { message, audience: 'asker', again: null };
}

interface Made {
  readonly deadline: Deadline;
  readonly template: Template;
  readonly plan: Extract<ReturnType<typeof planOf>, { plan: unknown }>['plan'];
}

function wholeOf(ask: Ask, { deadline, template, plan }: Made): WholeResponse {
  const id = Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
  const title = clip(deadlineTitle(deadline, voiceAloud(ask)), LONGEST.title);
  const fresh = { holder: null, doneAt: null, reference: null, snooze: null, asked: 'not-yet', askedAt: null, heardAt: null, version: 1 } as const;
  return {
    response: {
      ...{ id, side: sideOf(ask), channel: ask.channelId, deadline: deadline.id, template: template.id, title },
      ...{ plannedFor: plan.plannedFor, internal: plan.internal, status: 'open', reference: null, reason: null, signOn: null },
      ...{ createdAt: ask.now, closedAt: null, version: 1 },
    },
    tasks: plan.tasks.map((task) => ({ ...task, ...fresh, response: id })),
  };
}

/** The channel is of the store from now on; what it follows is its own affair. */
async function knowChannel(ask: Ask): Promise<void> {
  const { deps, channelId, now } = ask;
  const isNew = await deps.store.transaction(async (store) => {
    const [old] = await store.subscriptions.channelsBy([channelId]);
    if (old === undefined) await deps.settle(store, { channel: newChannel(ask), old: null, now });
    return old === undefined;
  }, 'planning');
  if (!isNew) return;
  await deps.recall(now); // what is being read just now may not know the channel yet
  deps.channelsChanged();
}

/** A name for a template that fits a button, however long its own is. */
function keyOf({ id }: Template): string {
  return createHash('sha256').update(id).digest('hex').slice(0, KEY_LENGTH);
}
