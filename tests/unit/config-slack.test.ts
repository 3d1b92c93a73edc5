import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Config, ConfigError, loadConfig } from '../../src/config.ts';

const KEY = 'ab'.repeat(32);
const BOT = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_APP_TOKEN: 'xapp-1-secret' };
const CLIENT = { SLACK_CLIENT_ID: '1.1', SLACK_CLIENT_SECRET: 'hush', ENCRYPTION_KEY: KEY, PUBLIC_URL: 'https://upr.example.org' };

function aFolder(platform = 'console'): string {
  const folder = mkdtempSync(join(tmpdir(), 'upr-slack-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'upr-watch.yaml'), `ladders:\n  default: {}\nchannels:\n  alerts: { platform: ${platform}, channel: C1 }\n`);
  return folder;
}

type Env = Readonly<Record<string, string>>;
const load = (env: Env, platform?: string): Config => loadConfig({ env, folder: aFolder(platform), platforms: ['console', 'discord', 'slack'] });

function faultsOf(env: Env, platform?: string): readonly string[] {
  try {
    load(env, platform);
    return [];
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    for (const [name, value] of Object.entries(env)) if (/TOKEN|SECRET|KEY/.test(name) && value.length > 6) expect(cause.message).not.toContain(value);
    return cause.faults;
  }
}

describe('Slack', () => {
  test('is not there without a setting', () => {
    expect(load({})).toMatchObject({ slack: null, encryptionKeys: [], web: { isOn: true, host: '127.0.0.1', port: 3000 } });
  });

  test('is one workspace with a bot token, by Socket Mode or over HTTP', () => {
    const nothing = { appToken: null, signingSecret: null, clientId: null, clientSecret: null, publicUrl: null };
    const real = { apiUrl: 'https://slack.com/api/', authorizeUrl: 'https://slack.com/oauth/v2/authorize' };

    expect(load(BOT, 'slack').slack).toEqual({ ...nothing, ...real, botToken: 'xoxb-1-secret', appToken: 'xapp-1-secret' });
    expect(load({ SLACK_BOT_TOKEN: ' xoxb-1-secret\n', SLACK_SIGNING_SECRET: 'hush' }).slack).toEqual({
      ...{ ...nothing, ...real, botToken: 'xoxb-1-secret' },
      signingSecret: 'hush',
    });
  });

  test('is several workspaces with a client, and may have another address', () => {
    const env = { ...CLIENT, SLACK_APP_TOKEN: 'xapp-1-secret', SLACK_API_URL: 'http://127.0.0.1:1/api', SLACK_AUTHORIZE_URL: 'http://127.0.0.1:1/agree' };

    expect(load({ ...env, PUBLIC_URL: 'https://upr.example.org/watch/' })).toMatchObject({
      slack: {
        botToken: null,
        clientId: '1.1',
        publicUrl: 'https://upr.example.org/watch',
        apiUrl: 'http://127.0.0.1:1/api/',
        authorizeUrl: 'http://127.0.0.1:1/agree',
      },
      encryptionKeys: [Buffer.from(KEY, 'hex')],
    });
  });

  test.each(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'ENCRYPTION_KEY'])('%s may come from a file', (name) => {
    const all = { ...BOT, ...CLIENT, SLACK_SIGNING_SECRET: 'hush' } as Env;
    const { [name]: secret = '', ...rest } = all;
    const file = join(aFolder(), 'secret');
    writeFileSync(file, `${secret}\n`);

    expect(load({ ...rest, [`${name}_FILE`]: file })).toEqual({ ...load(all), folder: expect.anything() });
    expect(faultsOf({ ...all, [`${name}_FILE`]: file })).toEqual([`${name} and ${name}_FILE are both set; keep one`]);
  });

  test.each<[string, Env, readonly string[]]>([
    [
      'a bot token of another kind',
      { ...BOT, SLACK_BOT_TOKEN: 'xapp-1-mixed-up' },
      ['SLACK_BOT_TOKEN: does not begin with xoxb-; copy the Bot User OAuth Token from OAuth & Permissions'],
    ],
    [
      'no more than the beginning of one',
      { ...BOT, SLACK_BOT_TOKEN: 'xoxb-' },
      ['SLACK_BOT_TOKEN: does not begin with xoxb-; copy the Bot User OAuth Token from OAuth & Permissions'],
    ],
    [
      'a token that rotates',
      { ...BOT, SLACK_BOT_TOKEN: 'xoxe.xoxb-1-rotates' },
      ['SLACK_BOT_TOKEN: is a token that rotates; turn token rotation off for the app, and copy the Bot User OAuth Token from OAuth & Permissions'],
    ],
    [
      'an app token of another kind',
      { ...BOT, SLACK_APP_TOKEN: 'xoxb-1-mixed-up' },
      ['SLACK_APP_TOKEN: does not begin with xapp-; copy the App-Level Token (connections:write) from Basic Information'],
    ],
    [
      'no way for Slack to ask',
      { SLACK_BOT_TOKEN: 'xoxb-1-secret' },
      ['Slack cannot ask the bot anything; set SLACK_APP_TOKEN (Socket Mode, which needs no address of yours) or SLACK_SIGNING_SECRET (over HTTP)'],
    ],
    [
      'no way for Slack to ask, with a client',
      CLIENT,
      ['Slack cannot ask the bot anything; set SLACK_APP_TOKEN (Socket Mode, which needs no address of yours) or SLACK_SIGNING_SECRET (over HTTP)'],
    ],
    [
      'an app token alone',
      { SLACK_APP_TOKEN: 'xapp-1-secret' },
      ['SLACK_APP_TOKEN is set, and nothing that opens a workspace; set SLACK_BOT_TOKEN as well, or leave it empty'],
    ],
    [
      'a signing secret alone',
      { SLACK_SIGNING_SECRET: 'very-secret' },
      ['SLACK_SIGNING_SECRET is set, and nothing that opens a workspace; set SLACK_BOT_TOKEN as well, or leave it empty'],
    ],
    [
      'a client without its secret',
      { ...BOT, ...CLIENT, SLACK_CLIENT_SECRET: '' },
      ['SLACK_CLIENT_ID lets workspaces install the bot themselves, which needs SLACK_CLIENT_SECRET as well; for one workspace leave it empty'],
    ],
    [
      'a secret of a client alone',
      { ...BOT, SLACK_CLIENT_SECRET: 'very-secret' },
      [
        'SLACK_CLIENT_SECRET lets workspaces install the bot themselves, which needs SLACK_CLIENT_ID and ENCRYPTION_KEY and PUBLIC_URL as well; for one workspace leave it empty',
      ],
    ],
    [
      'a client without a key',
      { ...BOT, ...CLIENT, ENCRYPTION_KEY: '' },
      ['SLACK_CLIENT_ID lets workspaces install the bot themselves, which needs ENCRYPTION_KEY as well; for one workspace leave it empty'],
    ],
    [
      'a client whose id is none',
      { ...BOT, ...CLIENT, SLACK_CLIENT_ID: 'A0123ABCD' },
      ['SLACK_CLIENT_ID: is not the id of a client, which is two numbers and a dot; copy it from Basic Information'],
    ],
    [
      'the operator on Slack alone',
      { OPERATOR_CHANNEL: 'slack:T1/C1' },
      ['OPERATOR_CHANNEL is on `slack`, which needs SLACK_BOT_TOKEN; docs/slack.md says where to get it'],
    ],
  ])('%s is a fault that says what to do', (_, env, faults) => {
    expect(faultsOf(env)).toEqual(faults);
  });

  test('a channel of the file needs the bot token, also beside a client', () => {
    const faults = ['upr-watch.yaml: channels.alerts is on `slack`, which needs SLACK_BOT_TOKEN; docs/slack.md says where to get it'];

    expect(faultsOf({}, 'slack')).toEqual(faults);
    expect(faultsOf({ ...CLIENT, SLACK_APP_TOKEN: 'xapp-1-secret' }, 'slack')).toEqual(faults);
    expect(faultsOf({ ...CLIENT, SLACK_APP_TOKEN: 'xapp-1-secret', OPERATOR_CHANNEL: 'slack:T1/C1' })).toEqual([]);
  });
});

describe('ENCRYPTION_KEY', () => {
  const WHAT = 'a key is 32 bytes, as 64 hex digits or 44 characters of base64; make one with: openssl rand -hex 32';

  test('is several keys, the newest first', () => {
    const other = Buffer.alloc(32, 7);

    expect(load({ ENCRYPTION_KEY: `${other.toString('base64')},${KEY}` }).encryptionKeys).toEqual([other, Buffer.from(KEY, 'hex')]);
  });

  test.each([
    ['correct horse battery staple', 'is not a key'],
    [KEY.slice(2), 'is not a key'],
    [`${KEY},correct horse`, 'number 2 of the list is not a key'],
  ])('%s is a fault that never shows it', (typed, what) => {
    expect(faultsOf({ ENCRYPTION_KEY: typed })).toEqual([`ENCRYPTION_KEY: ${what}; ${WHAT}`]);
  });
});

describe('The web server', () => {
  test('is opened by WEB, HOST and PORT', () => {
    expect(load({ WEB: 'off', HOST: '0.0.0.0', PORT: '0' }).web).toEqual({ isOn: false, host: '0.0.0.0', port: 0, publicUrl: null, trustProxy: false });
    expect(load({ PUBLIC_URL: 'https://upr.example' }).web).toEqual({
      isOn: true,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'https://upr.example',
      trustProxy: false,
    });
  });

  test.each<[string, string, string]>([
    ['WEB', 'yes', 'is neither on nor off'],
    ['PORT', 'http', 'is not a port; write a number such as 3000'],
    ['PORT', '-1', 'is not a port; write a number such as 3000'],
    ['PORT', '65536', 'is not a port; the highest is 65535'],
    ['PUBLIC_URL', 'upr.example', 'is not an address that people can open; write https://upr.example.org, or leave it empty'],
    ['PUBLIC_URL', 'http://upr.example', 'is not an address that people can open; write https://upr.example.org, or leave it empty'],
    ['PUBLIC_URL', 'https://a:b@upr.example', 'is not an address that people can open; write https://upr.example.org, or leave it empty'],
    ['PUBLIC_URL', 'https://upr.example?a=1', 'is not an address that people can open; write https://upr.example.org, or leave it empty'],
    ['SLACK_API_URL', 'slack.com', 'is not an address; write https://slack.com/api/, or leave it empty'],
  ])('%s=%s is a fault', (name, typed, fault) => {
    expect(faultsOf({ [name]: typed })).toEqual([`${name}: ${fault}`]);
  });

  test.each([
    ['https://upr.example.org/', 'https://upr.example.org'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:3000/a/', 'http://localhost:3000/a'],
  ])('PUBLIC_URL=%s is %s', (typed, read) => {
    expect(load({ ...BOT, PUBLIC_URL: typed }).slack?.publicUrl).toBe(read);
  });
});
