/** Buttons under an answer: other pages of it, a way to show it to the whole channel, and what else it lets people do. Their ids carry the question. */
import type { Options } from '../adapters/adapter.ts';
import { message } from '../message/build.ts';
import type { Action, Message } from '../message/message.ts';
import { pageOf } from '../message/pages.ts';
import type { Words } from '../message/words.ts';
import type { Answer, Question } from './asked.ts';
import { COMMANDS, type CommandSpec } from './spec.ts';

/** What a pressed button asks. */
export type Pressed = AskedAgain | PressedDeed;

export interface PressedDeed {
  readonly does: 'do';
  readonly command: string;
  readonly what: string;
  /** What it is done to; empty where the button says nothing of it. */
  readonly argument: string;
}

interface AskedAgain {
  readonly does: 'page' | 'share';
  readonly page: number;
  readonly command: string;
  readonly options: Options;
}

/** The shortest room that a platform gives an action (Discord's custom_id). */
const LONGEST_ID = 100;

/** `page.2.next.0=KEN&4=20`: options by their place in the command's list. Null when it is too long for a platform. */
function actionId({ does, page, command, options }: AskedAgain, commands: readonly CommandSpec[]): string | null {
  const spec = commands.find(({ name }) => name === command);
  if (spec === undefined) return null;
  const given = spec.options.flatMap(({ name }, index) => (options[name] === undefined ? [] : [[String(index), options[name]] as [string, string]]));
  const id = `${does}.${page}.${command}.${new URLSearchParams(given)}`;
  return id.length > LONGEST_ID ? null : id;
}

const ARGUMENT = '[A-Za-z0-9_/-]{1,60}';
const DEED = new RegExp(`^do\\.1\\.([a-z]{1,20})\\.([a-z-]{1,40})(?::(${ARGUMENT}))?$`);

/** Whether a text may be said with a button, or chosen in a select: letters, digits, hyphens, underscores and slashes, at most 60. */
export function isArgument(text: string): boolean {
  return new RegExp(`^${ARGUMENT}$`).test(text);
}

/**
 * `do.1.privacy.erase-channel`, `do.1.task.claim:k3f9qd2m/7`: a deed of a command or a group (`deeds.ts`), for a button, a
 * select or a form. It names no place.
 *
 * @throws for an argument that would not be read again
 */
export function deedId(command: string, what: string, argument = ''): string {
  const id = `do.1.${command}.${what}${argument === '' ? '' : `:${argument}`}`;
  if (!DEED.test(id)) throw new Error('A deed has another name or argument than can be read again');
  return id;
}

/** Null for an id that is not one of these. Only commands that change nothing are asked by a button; a deed has a right of its own. */
export function pressedOf(id: string, commands: readonly CommandSpec[] = COMMANDS): Pressed | null {
  const [deed, doer = '', what = '', argument = ''] = DEED.exec(id) ?? [];
  if (deed !== undefined) return { does: 'do', command: doer, what, argument };
  const [, does, page, command, query = ''] = /^(page|share)\.(\d{1,3})\.([a-z -]+)\.(.*)$/.exec(id) ?? [];
  const spec = commands.find(({ name }) => name === command);
  if (spec === undefined || spec.manages || (does !== 'page' && does !== 'share')) return null;
  const given = new URLSearchParams(query);
  const options = spec.options.flatMap(({ name }, index) => (given.has(String(index)) ? [[name, given.get(String(index)) ?? '']] : []));
  return { does, page: Number(page), command: spec.name, options: Object.fromEntries(options) as Options };
}

interface Showing {
  readonly words: Words;
  readonly shared: boolean;
  readonly commands?: readonly CommandSpec[];
}

/** A page of an answer with its buttons; what is shown to the channel has none. */
export function withButtons({ message: whole, again, share = again }: Answer, wanted: number, { words, shared, commands = COMMANDS }: Showing): Message {
  const button = (does: AskedAgain['does'], page: number, question: Question | null, label: string): readonly Action[] => {
    const id = shared || question === null ? null : actionId({ does, page, ...question }, commands);
    return id === null ? [] : [{ id, label, style: 'secondary' }];
  };
  const own = shared ? { ...whole, actions: [] } : whole;
  if (again === null) return message({ ...own, actions: [...own.actions, ...button('share', 1, share, words('page.share'))] });
  return pageOf(own, wanted, words, (page, pages) => [
    ...(page > 1 ? button('page', page - 1, again, words('page.previous')) : []),
    ...(page < pages ? button('page', page + 1, again, words('page.next')) : []),
    ...button('share', page, share, words('page.share')),
  ]);
}
