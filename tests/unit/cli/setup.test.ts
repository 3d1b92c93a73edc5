import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mergeSettings } from '../../../src/cli/setup.ts';
import { typed } from '../../support/a-command-line.ts';
import { aHome } from '../../support/a-process.ts';
import { startDiscord } from '../../support/discord/server.ts';
import { APP, aSlack, BOT } from '../../support/slack/a-slack.ts';

const TOKEN = 'MTIz.token.secret';

async function aDesk() {
  const home = aHome();
  const channels = [{ id: '200', name: 'dates', type: ChannelType.GuildText }];
  const discord = await startDiscord({ now: Date.now, token: TOKEN, application: { id: '123' }, guilds: [{ id: '100', name: 'UPR friends', channels }] });
  const { slack } = await aSlack();
  onTestFinished(async () => {
    await discord.close();
    home.remove();
  });
  const env = { DISCORD_API_URL: `${discord.url}/api`, SLACK_API_URL: slack.url };
  const file = join(home.folder, '.env');
  const setUp = (...answers: readonly string[]) => typed(home, ['setup', '--env-file', file], { env, answers });
  return { file, setUp };
}

describe('setup', () => {
  test('proves each token, says what is wrong with one, and writes what only its owner may read', async () => {
    const { file, setUp } = await aDesk();

    const { code, out, err } = await setUp('y', 'NTY2.wrong.token', TOKEN, 'yes', 'xoxp-a-user', 'xoxb-wrong', BOT, APP, 'y');

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('DISCORD_TOKEN is not accepted; copy it anew.');
    expect(out).toContain('https://discord.com/oauth2/authorize?client_id=123&');
    expect(out).toContain('SLACK_BOT_TOKEN does not begin with xoxb-');
    expect(out).toContain('SLACK_BOT_TOKEN is not accepted; copy it anew.');
    expect(out).toContain('socket_mode_enabled: true');
    expect(readFileSync(file, 'utf8')).toMatch(
      new RegExp(
        `^DISCORD_TOKEN=${TOKEN}\nDISCORD_APPLICATION_ID=123\nSLACK_BOT_TOKEN=${BOT}\nSLACK_APP_TOKEN=${APP}\nWEB=on\nENCRYPTION_KEY=[0-9a-f]{64}\n$`.replaceAll(
          '.',
          '\\.',
        ),
      ),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const secret of [TOKEN, BOT, APP, 'NTY2.wrong.token', 'xoxb-wrong']) expect(out).not.toContain(secret);
  });

  test('leaves a file that is there alone unless it is told otherwise, and then what it says of other things', async () => {
    const { file, setUp } = await aDesk();
    const before = `# mine\nLOG_LEVEL=debug\nENCRYPTION_KEY=${'a'.repeat(64)}\nDISCORD_TOKEN=old\n`;
    writeFileSync(file, before);

    expect((await setUp('')).out).toContain('Nothing was changed.');
    expect(readFileSync(file, 'utf8')).toBe(before);

    await setUp('y', 'y', TOKEN, 'n', 'n');

    expect(readFileSync(file, 'utf8')).toBe(`# mine\nLOG_LEVEL=debug\nENCRYPTION_KEY=${'a'.repeat(64)}\nDISCORD_TOKEN=${TOKEN}\nDISCORD_APPLICATION_ID=123\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('writes nothing where nobody answers to the end', async () => {
    const { file, setUp } = await aDesk();

    const { code, err } = await setUp('y', TOKEN);

    expect([code, err.startsWith('Nobody answers; nothing was changed.')]).toEqual([2, true]);
    expect(() => statSync(file)).toThrow();
  });

  test('a setting takes the place of the one of its name', () => {
    expect(mergeSettings('A=1\nexport B=2\n# B=3', { B: '4', C: '5' })).toBe('A=1\nB=4\n# B=3\nC=5\n');
  });
});
