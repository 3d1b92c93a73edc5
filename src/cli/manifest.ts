import { Argument, type Command } from 'commander';
import { stringify } from 'yaml';
import { manifest } from '../adapters/slack/manifest.ts';
import { UserError } from '../commands/user-error.ts';
import type { Io } from './io.ts';

/** `upr-watch manifest slack`: what to paste at api.slack.com to make the app, with the least rights. */
export function manifestCommand(program: Command, io: Io): void {
  program
    .command('manifest')
    .description('print what makes the app at Slack, with the least rights')
    .addArgument(new Argument('<platform>', 'where').choices(['slack']))
    .option('--http <address>', 'Slack reaches the bot at this public https address, instead of by Socket Mode')
    .option('--install <address>', 'with Socket Mode: workspaces install the app themselves at this public https address')
    .action((_platform: string, _local: unknown, command: Command) => {
      const { http, install } = command.optsWithGlobals<{ http?: string; install?: string }>();
      const at = (address: string | undefined, option: string) => (address === undefined ? null : addressOf(address, option));
      const plan = { http: at(http, '--http'), install: at(install ?? http, '--install') };
      io.write(stringify(manifest(plan), { lineWidth: 0 }));
    });
}

/** Without a slash at its end. @throws UserError where Slack would not take it. */
function addressOf(typed: string, option: string): string {
  const url = URL.parse(typed);
  if (url === null || url.protocol !== 'https:' || `${url.username}${url.password}${url.search}${url.hash}` !== '')
    throw new UserError(`Write the address of ${option} as https://upr.example.org.`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
