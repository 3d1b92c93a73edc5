import { formatHelp } from '../message/format-help.ts';
import type { Run } from './asked.ts';
import { COMMANDS, groupOf, ownName } from './spec.ts';

export const runHelp: Run = async ({ words, platform }) => {
  const commands = COMMANDS.map(({ name, manages, options }) => ({
    ...{ name: ownName(name), group: groupOf(name), manages },
    options: options.map((option) => option.name),
  }));
  return { message: formatHelp(commands, { words, typed: platform === 'slack' }), audience: 'asker', again: null };
};
