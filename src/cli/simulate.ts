import { type Command, InvalidArgumentError, Option } from 'commander';
import { render } from '../adapters/console/render.ts';
import { UserError } from '../commands/user-error.ts';
import { channelsOf } from '../config-follows.ts';
import { type Day, endOfDay, GENEVA, isRealDay, startOfDay, toIso } from '../domain/time.ts';
import type { Io } from './io.ts';
import { type LookUpOptions, lookUp } from './look-up.ts';
import { jsonOption, readInstant, stateOption } from './options.ts';
import { showProgress } from './progress.ts';
import { type Simulation, selectorFor, simulate } from './simulation.ts';

interface SimulateOptions extends Pick<LookUpOptions, 'json' | 'config'> {
  readonly from: Moment;
  readonly to: Moment;
  readonly state?: readonly string[];
}

/** A day or an instant, as typed. */
type Moment = { readonly day: Day } | { readonly at: number };

/** `upr-watch simulate`: every message that one subscription would have received. */
export function simulateCommand(program: Command, io: Io): void {
  program
    .command('simulate')
    .description('every message a subscription would have received in a stretch of time, as the calendar was known then')
    .addOption(new Option('--from <day>', 'first day, or an instant').argParser(readMoment).makeOptionMandatory())
    .addOption(new Option('--to <day>', 'last day, or an instant').argParser(readMoment).makeOptionMandatory())
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<SimulateOptions>();
      const { config, facts, voice } = await lookUp(io, options);
      const from = 'day' in options.from ? startOfDay(options.from.day, GENEVA) : options.from.at;
      const to = 'day' in options.to ? endOfDay(options.to.day, GENEVA) - 1 : options.to.at;
      if (to <= from) throw new UserError('--to must come after --from.');
      const [channel] = channelsOf(config);
      if (channel === undefined) throw new UserError('upr-watch.yaml has no channel to simulate; add one under channels.');
      const selector = selectorFor(options.state, facts);
      const progress = showProgress(io, 'Days simulated');
      const input = { facts, ladders: config.ladders, channel, selector, words: voice.words, from, to, progress: progress.at };
      const run = await simulate(input).finally(progress.end);
      if (options.json) io.write(`${JSON.stringify(toJson(run, { from, to, channel: channel.id }), null, 2)}\n`);
      else printRun(run, io);
    });
}

function readMoment(text: string): Moment {
  if (isRealDay(text)) return { day: text };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('Write a day of the calendar, such as 2025-06-01.');
  return { at: readInstant(text) };
}

function toJson({ messages, revisions }: Simulation, run: { from: number; to: number; channel: string }) {
  const digests = messages.filter(({ type }) => type === 'digest').length;
  return {
    from: toIso(run.from),
    to: toIso(run.to),
    messages: messages.map(({ at, type, message, about }) => ({
      at: toIso(at),
      type,
      channel: run.channel,
      title: message.title,
      text: message.fallbackText,
      about,
    })),
    counts: { messages: messages.length - digests, digests, revisions },
  };
}

function printRun({ messages }: Simulation, io: Io): void {
  const look = { width: Math.min(100, Math.max(40, io.columns)), styled: io.isTerminal };
  for (const { at, type, message } of messages) {
    io.write(`${toIso(at)}  ${type}\n${render(message, look)}`);
  }
  const digests = messages.filter(({ type }) => type === 'digest').length;
  io.write(`${messages.length - digests} messages, and ${digests} digests.\n`);
}
