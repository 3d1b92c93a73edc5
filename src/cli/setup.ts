import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import { inviteLink } from '../adapters/discord/rights.ts';
import { manifest } from '../adapters/slack/manifest.ts';
import { UserError } from '../commands/user-error.ts';
import { environment } from '../config-schema.ts';
import type { Io } from './io.ts';
import { type Proved, proveDiscord, proveSlack } from './prove-tokens.ts';

/** `upr-watch setup`: asks for tokens, proves each, and writes them where the next start finds them. */
export function setupCommand(program: Command, io: Io): void {
  program
    .command('setup')
    .description('ask for the tokens, prove each, write them into .env, and print the manifest and the invite link')
    .addOption(new Option('--env-file <file>', 'what is written').default('.env'))
    .action(async (_local: unknown, command: Command) => {
      const { envFile } = command.optsWithGlobals<{ envFile: string }>();
      const file = resolve(envFile);
      const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
      if (before !== null && !(await agrees(io, `${file} is there already. Change it? What it says otherwise stays as it is. [y/N] `)))
        return io.write('Nothing was changed.\n');
      const settings = { ...(await askDiscord(io)), ...(await askSlack(io)), ...(await askRest(io, before)) };
      await writeSettings(file, mergeSettings(before ?? '', settings));
      io.write(
        `\nWritten to ${file}, which only you can read. Next:\n  npx upr-watch doctor    looks whether all is well\n  npm start               starts the bot\n`,
      );
    });
}

type Settings = Readonly<Record<string, string>>;

async function askDiscord(io: Io): Promise<Settings> {
  if (!(await agrees(io, 'Shall the bot be on Discord? [y/N] '))) return {};
  io.write('Make an application at https://discord.com/developers/applications; its token is under Bot, Reset Token (docs/discord.md).\n');
  const found = await asked(io, 'DISCORD_TOKEN', (token) => proveDiscord(io, token));
  if (found === null) return {};
  if (found.id === null) return { DISCORD_TOKEN: found.typed };
  io.write(`Add the bot to your server:\n  ${inviteLink(found.id)}\nThen, once: npx upr-watch commands publish discord\n`);
  return { DISCORD_TOKEN: found.typed, DISCORD_APPLICATION_ID: found.id };
}

async function askSlack(io: Io): Promise<Settings> {
  if (!(await agrees(io, 'Shall the bot be on Slack? [y/N] '))) return {};
  io.write(
    `Make an app at https://api.slack.com/apps from this manifest (docs/slack.md), and install it:\n\n${stringify(manifest({ http: null }), { lineWidth: 0 })}\n`,
  );
  const bot = await asked(io, 'SLACK_BOT_TOKEN', (token) => proveSlack(io, token, 'auth.test'));
  if (bot === null) return {};
  const app = await asked(io, 'SLACK_APP_TOKEN', (token) => proveSlack(io, token, 'apps.connections.open'));
  return { SLACK_BOT_TOKEN: bot.typed, ...(app === null ? {} : { SLACK_APP_TOKEN: app.typed }) };
}

/** A key is made once and never anew: what it sealed could not be opened any more. */
async function askRest(io: Io, before: string | null): Promise<Settings> {
  const web = await agrees(io, 'Shall the bot have a page and calendar feeds on this machine, at http://127.0.0.1:3000? [y/N] ');
  const hasKey = /^ENCRYPTION_KEY=./m.test(before ?? '');
  return { ...(web ? { WEB: 'on' } : {}), ...(hasKey ? {} : { ENCRYPTION_KEY: randomBytes(32).toString('hex') }) };
}

/** Asks until it is proved, or nothing is typed. What was typed is not shown again. */
async function asked(io: Io, name: string, prove: (typed: string) => Promise<Proved>): Promise<{ readonly typed: string; readonly id: string | null } | null> {
  for (;;) {
    const typed = ((await io.ask(`${name} (nothing to leave it out): `, { secret: true })) ?? '').trim();
    if (typed === '') return null;
    const looks = environment.pick({ [name]: true } as { DISCORD_TOKEN: true }).safeParse({ [name]: typed });
    const proved = looks.success && /^\S+$/.test(typed) ? await prove(typed) : { fault: looks.error?.issues[0]?.message ?? 'holds a blank; copy it anew' };
    if ('identity' in proved) {
      io.write(`  It works: ${proved.identity}.\n`);
      return { typed, id: proved.id };
    }
    io.write(`  ${name} ${proved.fault}.\n`);
  }
}

async function agrees(io: Io, question: string): Promise<boolean> {
  const answer = await io.ask(question);
  if (answer === null) throw new UserError('Nobody answers; nothing was changed. Run `npx upr-watch setup` in a terminal, or pipe the answers in, one a line.');
  return /^(y|yes)$/i.test(answer.trim());
}

/** Lines of a .env with some settings in the place of those of the same name; whatever else it says stays. */
export function mergeSettings(text: string, settings: Settings): string {
  const left = new Map(Object.entries(settings));
  const lines = text.split('\n').map((line) => {
    const name = /^(?:export\s+)?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
    const value = name === undefined ? undefined : left.get(name);
    if (name === undefined || value === undefined) return line;
    left.delete(name);
    return `${name}=${value}`;
  });
  while (lines.at(-1) === '') lines.pop();
  return [...lines, ...[...left].map(([name, value]) => `${name}=${value}`), ''].join('\n');
}

/** Whole or not at all, and for nobody else to read. */
async function writeSettings(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  try {
    await rm(fresh, { force: true });
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new UserError(`${file} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}); give another with --env-file.`);
  }
}
