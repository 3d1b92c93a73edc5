/** A chat without a platform: the commands over a real SQLite file, a calendar, and people who ask. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asker, Choice, Options, Request, Response, Standing, Target } from '../../../src/adapters/adapter.ts';
import { aheadIn, amendSilenced } from '../../../src/alerts/amend.ts';
import { settle } from '../../../src/alerts/follow.ts';
import { createRecall, remember } from '../../../src/alerts/memory.ts';
import { createBridgework } from '../../../src/alerts/team/bridgework.ts';
import { createTeamwork } from '../../../src/alerts/team/teamwork.ts';
import { revise } from '../../../src/calendar/revise.ts';
import { correctAnew } from '../../../src/calendar/team.ts';
import type { CommandDeps } from '../../../src/commands/asked.ts';
import { type Book, createCommands } from '../../../src/commands/commands.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { GENEVA, type Instant } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Words } from '../../../src/message/words.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { type LadderPlan, laddersOf } from '../../support/a-bot.ts';
import { shippedLimits, shippedPlans } from '../../support/a-plan.ts';
import { aVoice } from '../../support/a-voice.ts';

export const SOMEBODY: Asker = { id: '77', locale: 'en-GB', zone: null, ids: ['77'], may: 'if-named' };
export const MANAGER: Asker = { ...SOMEBODY, may: 'all' };
export const HERE: Target = { installation: '100', channel: '200' };
const LADDERS: LadderPlan = { default: { stakeholder_submission: ['30d!', '7d!'], review: ['7d!'] } };

export interface Asked {
  readonly by?: Asker;
  readonly target?: Target;
}

export type Chat = Awaited<ReturnType<typeof aChat>>;

interface Plan {
  readonly facts: CalendarFacts;
  readonly now: Instant;
  /** Another bot's; a file of its own when left out. */
  readonly store?: Store;
  readonly platform?: string;
  /** Where its pages are; nowhere when left out. */
  readonly pages?: string;
  /** What can be asked, and the words for it; those of the bot when left out. */
  readonly book?: Book;
  readonly words?: Words;
}

export async function aChat(plan: Plan) {
  const { facts, platform = 'discord' } = plan;
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'upr-chat-'));
  const own = plan.store === undefined ? await openSqlite({ file: join(folder, 'chat.db') }) : null;
  const store = plan.store ?? (own as Store);
  let now = plan.now;
  let calendar = facts;
  if (own !== null) await revise(store, facts, { now, reason: 'a start' });
  const lines: string[] = [];
  const ladders = laddersOf(LADDERS);
  const recall = createRecall({ store, ladders, calendar: { facts: () => calendar, refresh: async () => {} } });
  let broken: Error | null = null;
  let channelsMade = 0;
  let standing: Standing | null = { missing: [], everyoneReads: false };
  const deps: CommandDeps = {
    store,
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    facts: () => {
      if (broken !== null) throw broken;
      return calendar;
    },
    recall: recall.recall,
    words: () => plan.words ?? aVoice().words,
    now: () => now,
    ladders,
    defaults: { timing: { zone: GENEVA, hour: '09:00', ladder: 'default' }, quiet: null, digest: { day: 1, hour: '09:00' }, locale: 'en' },
    locales: ['en'],
    pages: plan.pages ?? null,
    laneOf: (name) => name,
    settle: async (trx, settling) => {
      const known = { store: trx, facts: calendar, ladders };
      await settle({ ...known, memory: () => remember(trx, known.facts, known.ladders, settling.now) }, settling);
    },
    silenced: async (trx, channel, silence) => amendSilenced(trx, channel, { ...silence, ahead: await aheadIn(trx, channel, silence.now) }),
    bridges: createBridgework({ store, now: () => now }),
    correct: (correcting) => correctAnew(store, { facts: () => calendar, recall: recall.recall }, correcting),
    standingIn: async () => standing,
    teamwork: createTeamwork({ store, now: () => now }),
    templates: await shippedPlans(),
    limits: await shippedLimits(),
    channelsChanged: () => {
      channelsMade += 1;
      recall.forget();
    },
  };
  const onRequest = createCommands(deps, plan.book);
  const ask = (request: Record<string, unknown>, { by = SOMEBODY, target = HERE }: Asked = {}): Promise<Response> =>
    onRequest({ platform, target, by, ...request } as unknown as Request);

  async function complete(command: string, option: string, typed: string, asked?: Asked): Promise<readonly Choice[]> {
    const response = await ask({ type: 'complete', command, option, typed }, asked);
    if (response.type !== 'choices') throw new Error('not choices');
    return response.choices;
  }

  return {
    store,
    /** Of the database, where it is its own. */
    file: join(folder, 'chat.db'),
    ask,
    complete,
    command: (command: string, options: Options = {}, asked?: Asked) => ask({ type: 'command', command, options }, asked),
    press: (action: string, asked?: Asked) => ask({ type: 'action', action, values: [], message: { target: HERE, id: '1' } }, asked),
    /** Somebody chooses in a select. */
    choose: (action: string, values: readonly string[], asked?: Asked) => ask({ type: 'action', action, values, message: { target: HERE, id: '1' } }, asked),
    /** Somebody types a line after `/upr`. */
    line: (text: string, asked?: Asked) => ask({ type: 'line', text }, asked),
    submit: (form: string, values: Options = {}, asked?: Asked) => ask({ type: 'submit', form, values }, asked),
    /** Somebody opens the page of the bot in an installation. */
    home: (installation: string, by?: Asker) => ask({ type: 'home' }, { target: { installation, channel: '' }, ...(by === undefined ? {} : { by }) }),
    /** The answer as its asker reads it. */
    text: async (command: string, options: Options = {}, asked?: Asked) => messageOf(await ask({ type: 'command', command, options }, asked)).fallbackText,
    reviseTo: async (next: CalendarFacts, at: Instant) => {
      calendar = next;
      now = at;
      await revise(store, next, { now, reason: 'a test' });
    },
    passTo: (at: Instant) => {
      now = at;
    },
    breakWith: (cause: Error | null) => {
      broken = cause;
    },
    /** What the bot may do in every place; null where its platform does not say. */
    standsAs: (next: Standing | null) => {
      standing = next;
    },
    channelsMade: () => channelsMade,
    logged: () => lines.join(''),
    close: async () => {
      await own?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function messageOf(response: Response): Message {
  if (response.type !== 'message' && response.type !== 'view') throw new Error(`The answer is ${response.type}`);
  return response.message;
}

export async function withChat<T>(plan: Parameters<typeof aChat>[0], use: (chat: Chat) => Promise<T>): Promise<T> {
  const chat = await aChat(plan);
  try {
    return await use(chat);
  } finally {
    await chat.close();
  }
}
