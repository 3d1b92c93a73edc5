import { formatHelp } from '../message/format-help.ts';
import type { Run } from './asked.ts';
import { COMMANDS } from './spec.ts';

export const runHelp: Run = async ({ words }) => {
  const commands = COMMANDS.map(({ name, manages, options }) => ({ name, manages, options: options.map((option) => option.name) }));
  return { message: formatHelp(commands, words), audience: 'asker', again: null };
};
