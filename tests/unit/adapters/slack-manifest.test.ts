import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { SCOPES } from '../../../src/adapters/slack/install.ts';
import { manifest } from '../../../src/adapters/slack/manifest.ts';

const HTTP = 'https://upr.example.org/';

describe.each([
  ['Socket Mode', null],
  ['HTTP', HTTP],
])('The manifest for %s', (_name, http) => {
  const made = manifest({ http }) as {
    display_information: { name: string; description: string; long_description: string };
    features: { app_home: object; bot_user: { display_name: string }; slash_commands: { command: string; description: string; usage_hint: string }[] };
    oauth_config: { scopes: object; redirect_urls?: string[] };
    settings: { event_subscriptions: object; interactivity: object } & Record<string, unknown>;
  };

  test('asks for three rights and three events, and for nothing that would need more', () => {
    expect(made.oauth_config.scopes).toEqual({ bot: ['commands', 'chat:write', 'users:read'] });
    expect([...SCOPES]).toEqual(['commands', 'chat:write', 'users:read']);
    expect(made.settings).toMatchObject({
      event_subscriptions: { bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'] },
      interactivity: { is_enabled: true },
      ...{ org_deploy_enabled: false, token_rotation_enabled: false, socket_mode_enabled: http === null },
    });
    expect(made.features.app_home).toMatchObject({ home_tab_enabled: true });
  });

  test('is within the limits of Slack', () => {
    const { name, description, long_description: long } = made.display_information;
    const [command, ...others] = made.features.slash_commands;

    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect([long.length >= 175, long.length <= 4_000]).toEqual([true, true]);
    expect(made.features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect([command?.command, others]).toEqual(['/upr', []]);
    expect([(command?.description.length ?? 0) <= 2_000, (command?.usage_hint.length ?? 0) <= 1_000]).toEqual([true, true]);
  });

  test('names an address only where Slack asks over HTTP', () => {
    const addresses = JSON.stringify(made).match(/https?:[^"]*/g) ?? [];

    expect([...new Set(addresses)].sort()).toEqual(
      http === null ? [] : ['https://upr.example.org/slack/events', 'https://upr.example.org/slack/oauth_redirect'],
    );
  });

  test('is the same as YAML', () => {
    expect(parse(stringify(made))).toEqual(made);
  });
});
