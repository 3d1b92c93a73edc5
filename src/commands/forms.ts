/** What can be typed, as forms: one to choose a command, then one with a field for each of its options. */
import type { Choice, FormField, FormResponse, SubmitRequest } from '../adapters/adapter.ts';
import type { Ask, Question } from './asked.ts';
import { CANDIDATES } from './complete.ts';
import { mayManage } from './may-manage.ts';
import { clip } from './quote.ts';
import { COMMANDS, type CommandSpec, groupOf, keyOf, type OptionKind, type OptionSpec } from './spec.ts';
import { UserError } from './user-error.ts';

const ASK = 'ask';
const COMMAND = 'command';
/** The shortest room that a platform gives a choice (Slack), and a hint. */
const [LONGEST_CHOICE, LONGEST_HINT] = [75, 150];

/** Short lists are shown whole; long ones are searched. */
const INPUT: Readonly<Record<OptionKind, FormField['input']>> = {
  state: 'search',
  region: 'choice',
  session: 'search',
  cycle: 'choice',
  'deadline-kind': 'search',
  deadline: 'search',
  term: 'search',
  preset: 'choice',
  audience: 'choice',
  count: 'line',
  subscription: 'search',
  zone: 'search',
  language: 'choice',
  clock: 'search',
  'quiet-hours': 'search',
  ladder: 'choice',
  weekday: 'choice',
  role: 'line',
  member: 'member',
  switch: 'choice',
  clear: 'choice',
  // A day alone could not say "3 days", nor that a mute ends.
  until: 'line',
  // Nor its hour.
  date: 'line',
  certainty: 'choice',
  link: 'line',
  shows: 'choice',
  text: 'lines',
  plan: 'search',
  task: 'search',
  template: 'search',
  'export-format': 'choice',
  'board-view': 'choice',
  'length-kind': 'choice',
  amount: 'line',
  day: 'line',
};

/**
 * Asks which command, of all or of a group; those that change what the channel hears are offered to whom they are open.
 *
 * @throws UserError for a group that has none that is open to the asker
 */
export function commandForm(ask: Ask, commands: readonly CommandSpec[] = COMMANDS, group: string | null = null): FormResponse {
  const { words, platform } = ask;
  const open = commands.filter(({ name, manages }) => (group === null || groupOf(name) === group) && (!manages || mayManage(ask)));
  const choices = open.map(({ name }): Choice => {
    return { value: name, label: clip(words('form.command', { name, what: words(`command.${keyOf(name)}`) }), LONGEST_CHOICE) };
  });
  const [first] = choices;
  if (first === undefined) throw new UserError(words('answer.no-right', { platform }));
  const hint = group === null ? words('form.hint') : words('form.hint.group', { command: first.value });
  const field = { id: COMMAND, label: words('form.which'), hint, value: first.value, required: true } as const;
  const title = group === null ? words('form.title') : words('form.of', { command: group });
  return { type: 'form', id: ASK, title, submit: words('form.next'), fields: [{ ...field, input: 'choice', choices, completes: null }] };
}

/** The next form, or what is asked by those that were filled. @throws UserError for a form that there is not, or a command that is not open to the asker. */
export async function nextOf({ form, values }: SubmitRequest, ask: Ask, commands: readonly CommandSpec[] = COMMANDS): Promise<FormResponse | Question> {
  const isFirst = form === ASK;
  const name = isFirst ? filled(values, COMMAND) : form.startsWith(`${ASK}.`) ? form.slice(ASK.length + 1) : '';
  const spec = commands.find((command) => command.name === name);
  if (spec === undefined) throw new UserError(ask.words('answer.old'));
  if (isFirst && spec.options.length > 0) return optionsForm(spec, ask);
  const given = spec.options.map((option) => [option.name, filled(values, option.name)] as const).filter(([, value]) => value.trim() !== '');
  return { command: spec.name, options: Object.fromEntries(given) };
}

function filled(values: SubmitRequest['values'], name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '') : '';
}

async function optionsForm(spec: CommandSpec, ask: Ask): Promise<FormResponse> {
  const { words, platform } = ask;
  if (spec.manages && !mayManage(ask)) throw new UserError(words('answer.no-right', { platform }));
  const fields = await Promise.all(spec.options.map((option) => fieldOf(spec, option, ask)));
  const submit = words(spec.manages ? 'form.apply' : 'form.ask');
  return { type: 'form', id: `${ASK}.${spec.name}`, title: words('form.of', { command: spec.name }), submit, fields };
}

async function fieldOf({ name: command }: CommandSpec, { name, kind, required }: OptionSpec, ask: Ask): Promise<FormField> {
  const { words } = ask;
  const input = INPUT[kind];
  const candidates = input === 'choice' ? await CANDIDATES[kind](ask, '') : [];
  const choices = candidates.map(({ label, value }): Choice => ({ label: clip(label, LONGEST_CHOICE), value }));
  const shown = { label: words(`form.field.${name}`), hint: clip(words(`option.${name}`), LONGEST_HINT) };
  return { id: name, ...shown, value: '', required, input, choices, completes: input === 'search' ? { command, option: name } : null };
}
