import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLATFORM_NAMES } from '../../../src/adapters/adapters.ts';
import { type ConfigError, loadConfig } from '../../../src/config.ts';

function aFolder(channel: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'upr-discord-'));
  writeFileSync(join(folder, 'upr-watch.yaml'), `ladders:\n  default: {}\nchannels:\n  alerts: ${channel}\n`);
  return folder;
}

const load = (channel: string, env: Readonly<Record<string, string>>) => loadConfig({ env, folder: aFolder(channel), platforms: PLATFORM_NAMES });

describe('Settings of Discord', () => {
  test('a channel on Discord without a token is a fault that says what to do', () => {
    const faults = (() => {
      try {
        load('{ platform: discord, channel: "200" }', { OPERATOR_CHANNEL: 'discord:300' });
        return [];
      } catch (cause) {
        return (cause as ConfigError).faults;
      }
    })();

    expect(faults).toEqual([
      'upr-watch.yaml: channels.alerts is on `discord`, which needs DISCORD_TOKEN; docs/discord.md says where to get it',
      'OPERATOR_CHANNEL is on `discord`, which needs DISCORD_TOKEN; docs/discord.md says where to get it',
    ]);
  });

  test('a token may come from a file, and opens Discord though no channel is on it', () => {
    const file = join(aFolder('{ platform: console }'), 'token');
    writeFileSync(file, 'a-token\n');

    expect(load('{ platform: console }', { DISCORD_TOKEN_FILE: file }).discord).toEqual({
      token: 'a-token',
      applicationId: null,
      apiUrl: 'https://discord.com/api',
    });
    expect(load('{ platform: console }', {}).discord).toBeNull();
  });
});
