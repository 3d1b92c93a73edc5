import { message } from './build.ts';
import { joinLines, listItem, plainText } from './inline.ts';
import type { Message } from './message.ts';
import type { Words } from './words.ts';

/**
 * One line a command, with what it takes.
 *
 * @param typed whether people write a command as one line
 */
export function formatHelp(
  commands: readonly { readonly name: string; readonly manages: boolean; readonly options: readonly string[] }[],
  { words, typed }: { readonly words: Words; readonly typed: boolean },
): Message {
  const lines = commands.map(({ name, manages, options }) => {
    const line = words.line('help.line', { name, what: words(`command.${name}`) });
    const takes = options.length === 0 ? [] : plainText(words('help.takes', { options: options.join(words('list.comma')) }));
    return listItem(joinLines([line, takes, manages ? plainText(words('help.manages')) : []], words('separator')), words);
  });
  return message({
    tone: 'info',
    title: words('help.title'),
    body: [plainText(words('help.opening')), ...lines, ...(typed ? [plainText(words('help.typed'))] : [])],
    footer: plainText(words('help.private')),
  });
}

/** What cannot be answered, in a sentence that says what to do. */
export function formatCannot(why: string, words: Words): Message {
  return message({ tone: 'warning', title: words('answer.cannot'), body: [plainText(why)] });
}
