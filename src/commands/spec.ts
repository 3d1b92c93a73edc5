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
  | 'switch'
  | 'clear'
  | 'until'
  | 'date'
  | 'certainty'
  | 'link'
  | 'text';

/** How a platform asks for an option: something it completes, a number, a text of one's own, or a role that it knows. */
export type OptionInput = 'choice' | 'count' | 'text' | 'role';

export function inputOf(kind: OptionKind): OptionInput {
  if (kind === 'date' || kind === 'link') return 'text';
  return kind === 'count' || kind === 'text' || kind === 'role' ? kind : 'choice';
}

export interface OptionSpec {
  readonly name: string;
  readonly kind: OptionKind;
  readonly required: boolean;
}

export interface CommandSpec {
  readonly name: string;
  readonly options: readonly OptionSpec[];
  /** Changes what a channel hears: asked of those who may manage it. */
  readonly manages: boolean;
}

const option = (name: string, kind: OptionKind, required = false): OptionSpec => ({ name, kind, required });

/** Descriptions are in the catalogue: `command.<name>` and `option.<name>`. */
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
      option('clear', 'clear'),
    ],
    manages: true,
  },
  { name: 'mute', options: [option('until', 'until', true), option('reason', 'text')], manages: true },
  { name: 'preview', options: [], manages: false },
  { name: 'digest', options: [], manages: false },
  { name: 'proof', options: [], manages: false },
  { name: 'privacy', options: [], manages: false },
  { name: 'test', options: [], manages: true },
  { name: 'help', options: [], manages: false },
];
