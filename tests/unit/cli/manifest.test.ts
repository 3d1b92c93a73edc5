import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Io } from '../../../src/cli/io.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { UserError } from '../../../src/commands/user-error.ts';
import { aClock } from '../../support/a-clock.ts';

async function printed(...words: readonly string[]): Promise<string> {
  const written: string[] = [];
  const io: Io = {
    ...{ env: {}, clock: aClock(0), write: (text) => void written.push(text), warn: () => undefined, isTerminal: false, columns: 80 },
    ...{ fail: () => undefined, configFolder: '', ask: async () => null, onSignal: () => undefined },
  };
  const program = await createProgram(io, words);
  for (const one of [program, ...program.commands]) one.configureOutput({ writeErr: () => undefined });
  await program.parseAsync(words, { from: 'user' });
  return written.join('');
}

describe('upr-watch manifest slack', () => {
  test('prints an app for Socket Mode as YAML, with the least rights and no address', async () => {
    const text = await printed('manifest', 'slack');

    expect(text).not.toContain('https://');
    expect(parse(text)).toMatchObject({
      oauth_config: { scopes: { bot: ['commands', 'chat:write', 'users:read'] } },
      features: { slash_commands: [{ command: '/upr' }], app_home: { home_tab_enabled: true } },
      settings: {
        event_subscriptions: { bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'] },
        ...{ socket_mode_enabled: true, token_rotation_enabled: false, org_deploy_enabled: false },
      },
    });
  });

  test('prints one for requests over HTTP', async () => {
    const made = parse(await printed('manifest', 'slack', '--http', 'https://upr.example.org/'));

    expect(made).toMatchObject({
      oauth_config: { redirect_urls: ['https://upr.example.org/slack/oauth_redirect'] },
      features: { slash_commands: [{ url: 'https://upr.example.org/slack/events' }] },
      settings: { socket_mode_enabled: false, event_subscriptions: { request_url: 'https://upr.example.org/slack/events' } },
    });
  });

  test.each(['upr.example.org', 'http://upr.example.org', 'https://a:b@upr.example.org', 'https://upr.example.org/?a=1'])('refuses %s', async (address) => {
    await expect(printed('manifest', 'slack', '--http', address)).rejects.toThrow(UserError);
  });

  test('knows no other platform', async () => {
    await expect(printed('manifest', 'discord')).rejects.toThrow(CommanderError);
  });
});
