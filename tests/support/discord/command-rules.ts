/** What Discord demands of commands beyond its published schema. Source: docs.discord.com, interactions/application-commands. */
import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord.js';
import type { Flaw } from './answers.ts';
import type { CommandBody, OptionBody } from './bodies.ts';

/** `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, and in lower case where there is one. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: readonly string[] = Object.values(Locale);
const MOST = { commands: 100, letters: 8_000 } as const;
const NESTING: readonly number[] = [ApplicationCommandOptionType.Subcommand, ApplicationCommandOptionType.SubcommandGroup];
const COMPLETED: readonly number[] = [ApplicationCommandOptionType.String, ApplicationCommandOptionType.Integer, ApplicationCommandOptionType.Number];

type Named = CommandBody | OptionBody;
type Path = readonly PropertyKey[];

export function flawsOfCommands(commands: readonly CommandBody[]): readonly Flaw[] {
  const flaws = commands.flatMap((command, at) => flawsOfCommand(command, [at]));
  if (commands.length > MOST.commands) flaws.push({ path: [], message: 'Maximum number of application commands reached (100).' });
  return [...flaws, ...flawsOfNames(commands, [])];
}

function flawsOfCommand(command: CommandBody, path: Path): Flaw[] {
  if ((command.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput) return [];
  const flaws = flawsOfNamed(command, path);
  if (lettersOf(command) > MOST.letters) flaws.push({ path, message: `Command exceeds maximum size (${MOST.letters})` });
  return flaws;
}

function flawsOfNamed(named: Named, path: Path): Flaw[] {
  const flaws: Flaw[] = [];
  const say = (wrong: boolean, message: string, ...at: Path) => void (wrong && flaws.push({ path: [...path, ...at], message }));
  const names = { name: named.name, ...named.name_localizations };
  for (const [locale, name] of Object.entries(names)) say(!NAME.test(name) || name !== name.toLowerCase(), 'Command name is invalid', locale);
  for (const locale of Object.keys({ ...named.name_localizations, ...named.description_localizations })) {
    say(!LOCALES.includes(locale), 'is no locale of Discord', locale);
  }
  say(!named.description, 'This field is required', 'description');
  const options = named.options ?? [];
  const isNested = options.map(({ type }) => NESTING.includes(type));
  say(
    isNested.includes(true) && isNested.includes(false),
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
    'options',
  );
  const firstOptional = options.findIndex(({ required }) => required !== true);
  say(
    !isNested.includes(true) && firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true),
    'Required options must be placed before non-required options',
    'options',
  );
  say((named.choices?.length ?? 0) > 0 && 'autocomplete' in named && named.autocomplete === true, 'choices and autocomplete exclude each other', 'choices');
  say(named.autocomplete === true && 'type' in named && !COMPLETED.includes(named.type ?? 0), 'This kind of option is not completed', 'autocomplete');
  return [...flaws, ...flawsOfNames(options, [...path, 'options']), ...options.flatMap((option, at) => flawsOfNamed(option, [...path, 'options', at]))];
}

function flawsOfNames(list: readonly Named[], path: Path): readonly Flaw[] {
  const names = list.map(({ name }) => name);
  return names.flatMap((name, at) => (names.indexOf(name) < at ? [{ path: [...path, at, 'name'], message: 'This name is already used' }] : []));
}

/** Names, descriptions and values, each in its longest language. */
function lettersOf(named: Named): number {
  const longest = (text: string, others: Readonly<Record<string, string>> | null | undefined) =>
    Math.max(text.length, ...Object.values(others ?? {}).map(({ length }) => length));
  const own = longest(named.name, named.name_localizations) + longest(named.description ?? '', named.description_localizations);
  const choices = (named.choices ?? []).reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
  return own + choices + (named.options ?? []).reduce((sum, option) => sum + lettersOf(option), 0);
}
