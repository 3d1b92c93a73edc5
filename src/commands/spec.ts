/** The commands that can be asked in a chat, all under `/upr`: what each takes, in words of no platform. */

/** What an option holds; how it is read and completed follows from it. */
export type OptionKind =
  | 'state'
  | 'region'
  | 'session'
  | 'cycle'
  | 'deadline-kind'
  | 'deadline'
  | 'term'
  | 'preset'
  | 'audience'
  | 'count'
  | 'subscription'
  | 'zone'
  | 'language'
  | 'clock'
  | 'quiet-hours'
  | 'ladder'
  | 'weekday'
  | 'role'
  | 'member'
  | 'switch'
  | 'clear'
  | 'until'
  | 'date'
  | 'certainty'
  | 'link'
  | 'shows'
  | 'plan'
  | 'task'
  | 'template'
  | 'export-format'
  | 'board-view'
  | 'length-kind'
  | 'amount'
  | 'day'
  | 'text';

/** How a platform asks for an option: something it completes, a number, a text of one's own, or a role or a person that it knows. */
export type OptionInput = 'choice' | 'count' | 'text' | 'role' | 'member';

export function inputOf(kind: OptionKind): OptionInput {
  if (kind === 'date' || kind === 'link' || kind === 'amount' || kind === 'day') return 'text';
  return kind === 'count' || kind === 'text' || kind === 'role' || kind === 'member' ? kind : 'choice';
}

export interface OptionSpec {
  readonly name: string;
  readonly kind: OptionKind;
  readonly required: boolean;
}

export interface CommandSpec {
  /** One word, or two for a command of a group: `plan new` is `new` of the group `plan`. A group alone is no command. */
  readonly name: string;
  readonly options: readonly OptionSpec[];
  /** Changes what a channel hears: asked of those who may manage it. */
  readonly manages: boolean;
  /** Options that can be typed without their names, in this order: a word or a quoted text each, and the last has what is left. */
  readonly inOrder?: readonly string[];
}

/** The group of a command; null for one that stands alone. */
export function groupOf(command: string): string | null {
  const end = command.indexOf(' ');
  return end < 0 ? null : command.slice(0, end);
}

/** What a command is called inside its group; its name where it stands alone. */
export function ownName(command: string): string {
  return command.slice(command.indexOf(' ') + 1);
}

/** The groups there are, in their order. */
export function groupsIn(commands: readonly CommandSpec[]): readonly string[] {
  return [...new Set(commands.flatMap(({ name }) => groupOf(name) ?? []))];
}

/** What the catalogue calls a command: `plan new` is `plan.new`. */
export function keyOf(command: string): string {
  return command.replace(' ', '.');
}

const option = (name: string, kind: OptionKind, required = false): OptionSpec => ({ name, kind, required });

/** Descriptions are in the catalogue: `command.<name>`, `command.<group>.<name>`, `command.<group>` and `option.<name>`. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'next',
    options: [option('state', 'state'), option('region', 'region'), option('session', 'session'), option('kind', 'deadline-kind'), option('limit', 'count')],
    manages: false,
  },
  { name: 'state', options: [option('state', 'state', true)], manages: false },
  { name: 'session', options: [option('session', 'session', true)], manages: false },
  { name: 'participation', options: [option('cycle', 'cycle'), option('state', 'state')], manages: false },
  { name: 'deadline', options: [option('deadline', 'deadline', true)], manages: false },
  {
    name: 'correct',
    options: [
      option('deadline', 'deadline', true),
      option('date', 'date', true),
      option('certainty', 'certainty', true),
      option('source', 'link', true),
      option('note', 'text'),
    ],
    manages: true,
  },
  { name: 'explain', options: [option('term', 'term', true)], manages: false },
  {
    name: 'follow',
    options: [
      option('preset', 'preset'),
      option('state', 'state'),
      option('region', 'region'),
      option('session', 'session'),
      option('kind', 'deadline-kind'),
      option('audience', 'audience'),
    ],
    manages: true,
  },
  { name: 'unfollow', options: [option('follow', 'subscription', true)], manages: true },
  { name: 'following', options: [], manages: false },
  {
    name: 'settings',
    options: [
      option('zone', 'zone'),
      option('language', 'language'),
      option('alert-hour', 'clock'),
      option('quiet-hours', 'quiet-hours'),
      option('ladder', 'ladder'),
      option('digest-day', 'weekday'),
      option('digest-hour', 'clock'),
      option('mention-role', 'role'),
      option('manage-role', 'role'),
      option('discreet', 'switch'),
      option('team-role', 'role'),
      option('keep-plans', 'amount'),
      option('clear', 'clear'),
    ],
    manages: true,
  },
  { name: 'mute', options: [option('until', 'until', true), option('reason', 'text')], manages: true },
  {
    name: 'plan new',
    options: [option('deadline', 'deadline', true), option('template', 'template'), option('internal', 'text')],
    manages: false,
  },
  { name: 'plan show', options: [option('plan', 'plan')], manages: false, inOrder: ['plan'] },
  {
    name: 'plan close',
    options: [option('plan', 'plan', true), option('reference', 'text'), option('reason', 'text')],
    manages: false,
    inOrder: ['plan', 'reference'],
  },
  { name: 'plan move', options: [option('plan', 'plan', true)], manages: false },
  {
    name: 'plan sign-on',
    options: [option('plan', 'plan', true), option('closes', 'day'), option('count', 'amount'), option('link', 'link')],
    manages: false,
    inOrder: ['plan', 'closes', 'count', 'link'],
  },
  { name: 'plan log', options: [option('plan', 'plan', true)], manages: true },
  { name: 'plan export', options: [option('plan', 'plan', true), option('format', 'export-format', true)], manages: false, inOrder: ['plan', 'format'] },
  { name: 'task claim', options: [option('task', 'task', true), option('role', 'role'), option('cluster', 'text')], manages: false },
  {
    name: 'task assign',
    options: [option('task', 'task', true), option('to', 'member'), option('role', 'role'), option('cluster', 'text')],
    manages: false,
    inOrder: ['task', 'to'],
  },
  { name: 'task done', options: [option('task', 'task', true), option('reference', 'text')], manages: false, inOrder: ['task', 'reference'] },
  { name: 'task release', options: [option('task', 'task', true)], manages: false },
  {
    name: 'task snooze',
    options: [option('task', 'task', true), option('until', 'day', true), option('reason', 'text', true)],
    manages: false,
    inOrder: ['task', 'until', 'reason'],
  },
  { name: 'task reopen', options: [option('task', 'task', true)], manages: false },
  {
    name: 'task add',
    options: [option('title', 'text', true), option('due', 'day', true), option('cluster', 'text'), option('plan', 'plan')],
    manages: false,
  },
  { name: 'board', options: [option('view', 'board-view')], manages: false, inOrder: ['view'] },
  {
    name: 'length',
    options: [option('words', 'amount', true), option('kind', 'length-kind', true), option('cycle', 'cycle'), option('session', 'session')],
    manages: false,
    inOrder: ['words', 'kind'],
  },
  { name: 'bridge offer', options: [option('plan', 'plan', true), option('shows', 'shows')], manages: true },
  { name: 'bridge accept', options: [option('code', 'text', true)], manages: true },
  { name: 'bridge end', options: [option('plan', 'plan', true)], manages: true },
  { name: 'preview', options: [], manages: false },
  { name: 'digest', options: [], manages: false },
  { name: 'proof', options: [], manages: false },
  { name: 'feeds', options: [], manages: true },
  { name: 'privacy', options: [], manages: false },
  { name: 'test', options: [], manages: true },
  { name: 'help', options: [], manages: false },
];
