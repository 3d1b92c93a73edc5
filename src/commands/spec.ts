/** The commands that can be asked in a chat, all under `/upr`: what each takes, in words of no platform. */

/** What an option holds; how it is read and completed follows from it. */
export type OptionKind = 'state' | 'region' | 'session' | 'deadline-kind' | 'deadline' | 'term' | 'preset' | 'count' | 'subscription';

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
  { name: 'deadline', options: [option('deadline', 'deadline', true)], manages: false },
  { name: 'explain', options: [option('term', 'term', true)], manages: false },
  {
    name: 'follow',
    options: [option('preset', 'preset'), option('state', 'state'), option('region', 'region'), option('session', 'session'), option('kind', 'deadline-kind')],
    manages: true,
  },
  { name: 'unfollow', options: [option('follow', 'subscription', true)], manages: true },
  { name: 'following', options: [], manages: false },
  { name: 'test', options: [], manages: true },
  { name: 'help', options: [], manages: false },
];
