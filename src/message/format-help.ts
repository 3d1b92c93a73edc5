import { message } from './build.ts';
import { joinLines, listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import type { Words } from './words.ts';

export interface OfferedCommand {
  /** As it is called inside its group, where it is of one. */
  readonly name: string;
  readonly group: string | null;
  readonly manages: boolean;
  readonly options: readonly string[];
}

/**
 * One line a command, with what it takes; a whole group is one line, with what is in it.
 *
 * @param typed whether people write a command as one line
 */
export function formatHelp(commands: readonly OfferedCommand[], { words, typed }: { readonly words: Words; readonly typed: boolean }): Message {
  const members = Map.groupBy(commands, ({ name, group }) => group ?? name);
  const lines = [...members].map(([name, some]) => helpLine(name, some, words));
  return message({
    tone: 'info',
    title: words('help.title'),
    body: [plainText(words('help.opening')), ...lines, ...(typed ? [plainText(words('help.typed'))] : [])],
    footer: plainText(words('help.private')),
  });
}

/** @param members the command alone, or those of the group */
function helpLine(name: string, members: readonly OfferedCommand[], words: Words): Line {
  const [first] = members;
  const list = (names: readonly string[]) => names.join(words('list.comma'));
  const takes = first === undefined || first.options.length === 0 ? [] : plainText(words('help.takes', { options: list(first.options) }));
  const inside = plainText(words('help.inside', { commands: list(members.map((member) => member.name)) }));
  const managed = members.every(({ manages }) => manages) ? plainText(words('help.manages')) : [];
  const line = words.line('help.line', { name, what: words(`command.${name}`) });
  return listItem(joinLines([line, first?.group == null ? takes : inside, managed], words('separator')), words);
}

/** What cannot be answered, in a sentence that says what to do. */
export function formatCannot(why: string, words: Words): Message {
  return message({ tone: 'warning', title: words('answer.cannot'), body: [plainText(why)] });
}
