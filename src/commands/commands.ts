/** Everything that can be asked in a chat, in words of no platform: a request in, a kind answer out. */
import { randomUUID } from 'node:crypto';
import type { ActionRequest, OnRequest, Options, Request, Response, SubmitRequest } from '../adapters/adapter.ts';
import { formatCannot } from '../message/format-help.ts';
import { type Answer, type Ask, askOf, type CommandDeps, type Question, type Run, wordsFor } from './asked.ts';
import { type PressedDeed, pressedOf, withButtons } from './buttons.ts';
import { choicesFor } from './complete.ts';
import { runCorrect } from './correct.ts';
import { runDeadline } from './deadline.ts';
import { DEEDS, type Deeds, deedOf, demandRight } from './deeds.ts';
import { runDigest } from './digest.ts';
import { runExplain } from './explain.ts';
import { runFeeds } from './feeds.ts';
import { runFollow } from './follow.ts';
import { runFollowing } from './following.ts';
import { commandForm, nextOf } from './forms.ts';
import { runHelp } from './help.ts';
import { homeOf } from './home.ts';
import { questionTyped } from './line.ts';
import { mayManage } from './may-manage.ts';
import { runMute } from './mute.ts';
import { runNext } from './next.ts';
import { runParticipation } from './participation.ts';
import { runPreview } from './preview.ts';
import { runPrivacy } from './privacy.ts';
import { runProof } from './proof.ts';
import { runSession } from './session.ts';
import { runSettings } from './settings.ts';
import { COMMANDS, type CommandSpec } from './spec.ts';
import { runState } from './state.ts';
import { runBoard } from './team/board.ts';
import { runBridgeAccept, runBridgeEnd, runBridgeOffer } from './team/bridge.ts';
import { runLength } from './team/length.ts';
import { PLAN_RUNS } from './team/plan.ts';
import { TASK_RUNS } from './team/task.ts';
import { runTest } from './test.ts';
import { runUnfollow } from './unfollow.ts';
import { UserError } from './user-error.ts';

const RUNS: Readonly<Record<string, Run>> = {
  next: runNext,
  state: runState,
  session: runSession,
  participation: runParticipation,
  deadline: runDeadline,
  correct: runCorrect,
  explain: runExplain,
  follow: runFollow,
  unfollow: runUnfollow,
  following: runFollowing,
  settings: runSettings,
  mute: runMute,
  ...PLAN_RUNS,
  ...TASK_RUNS,
  board: runBoard,
  length: runLength,
  preview: runPreview,
  digest: runDigest,
  proof: runProof,
  feeds: runFeeds,
  privacy: runPrivacy,
  test: runTest,
  help: runHelp,
  'bridge offer': runBridgeOffer,
  'bridge accept': runBridgeAccept,
  'bridge end': runBridgeEnd,
};

/** What can be asked, what answers it, and what buttons do. */
export interface Book {
  readonly commands: readonly CommandSpec[];
  readonly runs: Readonly<Record<string, Run>>;
  readonly deeds: Deeds;
}

type Deps = CommandDeps & { readonly book: Book };

/** Answers every request, whatever it holds. Nothing is thrown: what cannot be answered is said, and what broke has a reference. */
export function createCommands(deps: CommandDeps, book: Book = { commands: COMMANDS, runs: RUNS, deeds: DEEDS }): OnRequest {
  return async (request) => {
    try {
      return await answerTo({ ...deps, book }, request);
    } catch (cause) {
      if (request.type === 'complete') {
        deps.log.error({ err: cause, option: request.option }, 'Choices could not be found');
        return { type: 'choices', choices: [] };
      }
      return { type: 'message', message: formatCannot(excuse(deps, request, cause), wordsFor(deps, request.by.locale)), audience: 'asker' };
    }
  };
}

/** What is told of a failure: what to write where that helps, else a reference that the log has too. */
function excuse(deps: CommandDeps, request: Request, cause: unknown): string {
  if (cause instanceof UserError) return cause.message;
  const reference = randomUUID().slice(0, 8);
  deps.log.error({ err: cause, reference, platform: request.platform, type: request.type }, 'A request could not be answered');
  return wordsFor(deps, request.by.locale)('answer.fault', { reference });
}

async function answerTo(deps: Deps, request: Request): Promise<Response> {
  const { commands } = deps.book;
  switch (request.type) {
    case 'complete':
      return { type: 'choices', choices: await choicesFor(deps, request, commands) };
    case 'command':
      return commandAnswer(deps, request, request);
    case 'action':
      return buttonAnswer(deps, request);
    case 'line': {
      const asked = questionTyped(request.text, { facts: deps.facts, words: wordsFor(deps, request.by.locale), commands });
      if (asked !== null && 'command' in asked) return commandAnswer(deps, request, asked);
      return commandForm(await toAsker(deps, request), commands, asked?.group);
    }
    case 'submit': {
      const filled = pressedOf(request.form, commands);
      if (filled?.does === 'do') return deedAnswer(deps, request, filled);
      const next = await nextOf(request, await toAsker(deps, request), commands);
      return 'command' in next ? commandAnswer(deps, request, next) : next;
    }
    case 'home':
      return { type: 'message', message: await homeOf(await toAsker(deps, request)), audience: 'asker' };
  }
}

function toAsker(deps: CommandDeps, request: Request): Promise<Ask> {
  return askOf(deps, request, { options: {}, audience: 'asker' });
}

async function commandAnswer(deps: Deps, request: Request, { command, options }: Question): Promise<Response> {
  const { ask, answer } = await run(deps, request, { command, options, audience: 'asker' });
  const { commands } = deps.book;
  const { audience } = answer;
  return { type: 'message', message: withButtons(answer, 1, { words: ask.words, shared: audience === 'channel', commands }), audience };
}

async function buttonAnswer(deps: Deps, request: ActionRequest): Promise<Response> {
  const { commands } = deps.book;
  const pressed = pressedOf(request.action, commands);
  if (pressed === null) throw new UserError(wordsFor(deps, request.by.locale)('answer.old'));
  if (pressed.does === 'do') return deedAnswer(deps, request, pressed);
  const shared = pressed.does === 'share';
  const { ask, answer } = await run(deps, request, { ...pressed, audience: shared ? 'channel' : 'asker' });
  const { share = answer.again } = answer;
  if (shared && share === null) throw new UserError(ask.words('answer.old'));
  const message = withButtons(answer, pressed.page, { words: ask.words, shared, commands });
  return shared ? { type: 'message', message, audience: 'channel' } : { type: 'view', message };
}

/** @throws UserError for a deed that there is not, or one that the asker may not do here. */
async function deedAnswer(deps: Deps, request: ActionRequest | SubmitRequest, pressed: PressedDeed): Promise<Response> {
  const found = deedOf(deps.book.deeds, pressed, request);
  if (found === null) throw new UserError(wordsFor(deps, request.by.locale)('answer.old'));
  const ask = await toAsker(deps, request);
  demandRight(found.deed, ask);
  const done = await found.deed.run({ ...ask, ...found.given });
  if ('type' in done) return done;
  const message = withButtons(done, 1, { words: ask.words, shared: done.audience === 'channel', commands: deps.book.commands });
  const isBeside = request.type === 'submit' || done.beside === true;
  return isBeside ? { type: 'message', message, audience: done.audience } : { type: 'view', message };
}

interface Wanted {
  readonly command: string;
  readonly options: Options;
  readonly audience: 'asker' | 'channel';
}

/** @throws UserError for a command that there is not, or one that the asker may not use here. */
async function run(deps: Deps, request: Request, { command, options, audience }: Wanted): Promise<{ ask: Ask; answer: Answer }> {
  const words = wordsFor(deps, request.by.locale);
  const { commands, runs } = deps.book;
  const spec = commands.find(({ name }) => name === command);
  const work = Object.hasOwn(runs, command) ? runs[command] : undefined;
  if (spec === undefined || work === undefined) throw new UserError(words('answer.no-command'));
  const ask = await askOf(deps, request, { options, audience });
  if (spec.manages && !mayManage(ask)) throw new UserError(words('answer.no-right', { platform: request.platform }));
  return { ask, answer: await work(ask) };
}
