import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createInstall, installationSchema } from '../../../src/adapters/slack/install.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { createSeal, derivedSecret } from '../../../src/lib/seal.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { createVault } from '../../../src/vault.ts';
import { createWeb } from '../../../src/web/listener.ts';
import { aVoice } from '../../support/a-voice.ts';
import { aSlack, BOT, geneva, times } from '../../support/slack/a-slack.ts';
import { askedBy } from '../../support/slack/oauth.ts';

const PUBLIC = 'https://bot.example';
const KEY = Buffer.alloc(32, 9);
const STATE_SECRET = derivedSecret(KEY, 'slack install state');
const HUSH = 'a-client-secret';
const newYork = { ...geneva, team: 'T2', name: 'New <b>York</b> & "co"', botToken: 'xoxb-new-york', botUser: 'U0BOT2' };

/** Two workspaces that have not installed the bot, and a bot that they can reach. */
async function aBot(arrange: { readonly clientSecret?: string; readonly onInstalled?: () => Promise<void> } = {}) {
  const { slack, clock } = await aSlack({ workspaces: [geneva, newYork].map((one) => ({ ...one, isInstalled: false })), redirectUrls: [PUBLIC] });
  const folder = mkdtempSync(join(tmpdir(), 'upr-install-'));
  const store = await openSqlite({ file: join(folder, 'upr-watch.db') });
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const vault = createVault(store, createSeal([KEY]), 'slack');
  const installed: string[] = [];
  const config = slackSchema.parse({
    ...{ clientId: '1.1', clientSecret: arrange.clientSecret ?? HUSH, publicUrl: PUBLIC, apiUrl: slack.url, authorizeUrl: slack.authorizeUrl },
  });
  const onInstalled = async (team: string) => {
    installed.push(`${team} ${(await vault.read(team)) === null ? 'without' : 'with'} its token`);
    await arrange.onInstalled?.();
  };
  const routes = createInstall({ config, vault, stateSecret: STATE_SECRET, log, words: () => aVoice().words, onInstalled });
  const web = createWeb({ host: '127.0.0.1', port: 0, routes, site: null, clock: systemClock, log });
  web.start();
  onTestFinished(async () => {
    await web.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  await expect.poll(web.address).not.toBeNull();
  const here = (path: string) => `http://127.0.0.1:${web.address()?.port}${path.replace(PUBLIC, '')}`;

  const pages: string[] = [];
  const ask = async (path: string, cookie?: string) => {
    const response = await fetch(here(path), { headers: cookie === undefined ? {} : { cookie }, redirect: 'manual' });
    pages.push(await response.clone().text());
    return response;
  };
  /** Somebody opens the page and sees where it leads. */
  const begin = async () => {
    const response = await ask('/slack/install');
    const address = /href="([^"]+)"/.exec(await response.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    return { response, address, asked: askedBy(address), cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
  };
  /** Somebody of a team goes all the way. */
  const install = async (team: string) => {
    const { asked, cookie } = await begin();
    const back = slack.approve({ ...asked, team, user: 'U1' });
    return { response: await ask(back, cookie), back, cookie };
  };
  const kept = async () => Promise.all((await vault.ids()).map(async (id) => installationSchema.parse(JSON.parse((await vault.read(id)) ?? ''))));
  const bytes = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  return { slack, clock, vault, ask, begin, install, kept, bytes, lines, pages, installed, here };
}

/** A state as the library makes one (RFC 7519); without a secret it is not signed. */
function signed(claims: object, secret: string | null): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: secret === null ? 'none' : 'HS256', typ: 'JWT' })}.${part({ iat: Math.floor(Date.now() / 1000), ...claims })}`;
  return `${text}.${secret === null ? '' : createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const titleOf = (page: string) => /<h1>(.*)<\/h1>/.exec(page)?.[1];
const NOT = 'UPR Watch was not installed';

describe('The page of an installation', () => {
  test('leads to Slack with the least rights and a state of its own, loads nothing and is kept by nobody', async () => {
    const { begin, slack } = await aBot();

    const [first, second] = [await begin(), await begin()];

    const { response, address, asked } = first;
    expect([response.status, address.startsWith(`${slack.authorizeUrl}?`)]).toEqual([200, true]);
    expect(asked).toMatchObject({ clientId: '1.1', scope: 'commands,chat:write,users:read', redirectUri: `${PUBLIC}/slack/oauth_redirect` });
    expect(asked.state).not.toBe(second.asked.state);
    expect(response.headers.get('set-cookie')).toMatch(/; Secure; HttpOnly; Path=\/; Max-Age=600$/);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(['referrer-policy', 'cache-control', 'x-content-type-options'].map((name) => response.headers.get(name))).toEqual([
      'no-referrer',
      'no-store',
      'nosniff',
    ]);
    expect(await fetch(address)).toMatchObject({ status: 200 });
  });

  test('can only be read', async () => {
    const { here } = await aBot();

    for (const path of ['/slack/install', '/slack/oauth_redirect']) expect((await fetch(here(path), { method: 'POST' })).status).toBe(405);
  });

  test('is not there without a client, an address and a key', async () => {
    const config = { clientId: '1.1', clientSecret: 'x', publicUrl: PUBLIC };
    const parts = { vault: {} as never, log: createLog('silent'), words: () => aVoice().words, onInstalled: async () => undefined };
    const paths = (given: object, stateSecret: string | null = 's') =>
      createInstall({ ...parts, config: slackSchema.parse(given), stateSecret }).map(({ path }) => path);

    expect(paths(config)).toEqual(['/slack/install', '/slack/oauth_redirect']);
    expect([paths({ botToken: BOT }), paths({ ...config, clientSecret: null }), paths({ ...config, publicUrl: null }), paths(config, null)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

describe('A workspace that agrees', () => {
  test('is kept, sealed, before the bot is told, and beside another', async () => {
    const { install, kept, installed, slack } = await aBot();

    const pages = await Promise.all([await install('T1'), await install('T2')].map(async ({ response }) => [response.status, titleOf(await response.text())]));

    expect(pages).toEqual([
      [200, 'UPR Watch is in Geneva now'],
      [200, 'UPR Watch is in New &lt;b&gt;York&lt;/b&gt; &amp; &quot;co&quot; now'],
    ]);
    expect(await kept()).toEqual([
      { token: BOT, botUser: 'U0BOT', botId: 'B0T1', team: 'T1', name: 'Geneva' },
      { token: 'xoxb-new-york', botUser: 'U0BOT2', botId: 'B0T2', team: 'T2', name: newYork.name },
    ]);
    expect([installed, slack.violations()]).toEqual([['T1 with its token', 'T2 with its token'], []]);
  });

  test('has its new token kept when it comes back', async () => {
    const { install, kept, slack } = await aBot();
    await install('T1');
    slack.uninstall('T1');

    await install('T1');

    expect(await kept()).toMatchObject([{ team: 'T1', token: `${BOT}-1` }]);
  });

  test('leaves no secret in the database, the log or a page', async () => {
    const { install, ask, begin, bytes, lines, pages } = await aBot();
    const { back, cookie } = await install('T1');
    await ask(back, cookie);
    const { asked } = await begin();

    const secrets = [BOT, HUSH, KEY.toString('hex'), KEY.toString('base64'), STATE_SECRET];
    for (const text of [...bytes(), ...lines, ...pages]) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    for (const line of lines) for (const word of [asked.state ?? '', 'T1', 'U1', 'Geneva', 'code=']) expect(line).not.toContain(word);
    expect(pages.filter((page) => /<script|javascript:|src=/i.test(page))).toEqual([]);
  });

  test('is installed though the bot stumbles over what it begins there', async () => {
    const { install, kept, lines } = await aBot({ onInstalled: () => Promise.reject(new Error('a bug')) });

    const { response } = await install('T1');

    expect([response.status, await kept()]).toMatchObject([200, [{ team: 'T1' }]]);
    expect(lines.join()).toContain('a bug');
  });
});

describe('Nothing is installed', () => {
  const nothing = async ({ kept, installed }: Awaited<ReturnType<typeof aBot>>, response: Response, [status, why]: [number, string]) => {
    const page = await response.text();
    expect([response.status, titleOf(page)]).toEqual([status, NOT]);
    expect(page).toContain(why);
    expect(page).toContain(`href="${PUBLIC}/slack/install"`);
    expect(await kept()).toEqual([]);
    expect(installed).toEqual([]);
  };
  const STATE: [number, string] = [400, 'another browser'];

  test('when somebody does not agree', async () => {
    const bot = await aBot();
    const { asked, cookie } = await bot.begin();

    await nothing(bot, await bot.ask(bot.slack.deny(asked), cookie), [403, 'You did not agree']);
  });

  test.each<[string, (cookie: string) => string | undefined]>([
    ['without the cookie', () => undefined],
    ['with an empty cookie', (cookie) => `${cookie.split('=')[0]}=`],
    ['with the cookie of another visit', (cookie) => `${cookie}x`],
  ])('%s of the browser it began in', async (_, change) => {
    const bot = await aBot();
    const { asked, cookie } = await bot.begin();
    const back = bot.slack.approve({ ...asked, team: 'T1', user: 'U1' });

    await nothing(bot, await bot.ask(back, change(cookie)), STATE);
  });

  test('but a state that is signed as ours is signed is taken, so that the next tests test the signature', async () => {
    const bot = await aBot();
    const { asked, cookie } = await bot.begin();
    const options = { scopes: ['commands'], redirectUri: asked.redirectUri };
    const state = signed({ installOptions: options, now: new Date().toJSON(), random: 1 }, STATE_SECRET);
    const back = bot.slack.approve({ ...asked, state, team: 'T1', user: 'U1' });

    expect((await bot.ask(back, `${cookie.split('=')[0]}=${state}`)).status).toBe(200);
  });

  test.each([
    ['another secret', (claims: object) => signed(claims, 'guessed')],
    ['no signature', (claims: object) => signed(claims, null)],
    ['nothing', () => 'forged'],
    ['the secret, and long ago', (claims: object) => signed({ ...claims, now: new Date(Date.now() - 11 * 60_000).toJSON() }, STATE_SECRET)],
  ])('with a state signed with %s, though the cookie says the same', async (_, sign) => {
    const bot = await aBot();
    const { asked, cookie } = await bot.begin();
    const state = sign({ installOptions: { scopes: ['admin'], redirectUri: asked.redirectUri }, now: new Date().toJSON(), random: 1 });
    const back = bot.slack.approve({ ...asked, state, team: 'T1', user: 'U1' });

    await nothing(bot, await bot.ask(back, `${cookie.split('=')[0]}=${state}`), STATE);
  });

  test.each([
    ['?', STATE],
    ['?state=x', STATE],
    ['?code=x', STATE],
    ['?error=access_denied', [403, 'You did not agree']],
    ['?error=invalid_scope', STATE],
    ['?code=%3Cscript%3E&state=%3Cscript%3E', STATE],
  ] satisfies [string, [number, string]][])('by an address like %s', async (query, why) => {
    const bot = await aBot();

    await nothing(bot, await bot.ask(`/slack/oauth_redirect${query}`), why);
    expect(bot.pages.join()).not.toContain('<script');
  });

  test('by a code that was used, and what it gave the first time stays', async () => {
    const bot = await aBot();
    const { back, cookie } = await bot.install('T1');

    const again = await bot.ask(back, cookie);

    expect([again.status, titleOf(await again.text()), bot.installed]).toEqual([502, NOT, ['T1 with its token']]);
    expect(await bot.kept()).toMatchObject([{ token: BOT }]);
    expect(bot.lines.join()).toContain('invalid_code');
  });

  test('by a code that is too old', async () => {
    const bot = await aBot();
    const { asked, cookie } = await bot.begin();
    const back = bot.slack.approve({ ...asked, team: 'T1', user: 'U1' });
    bot.clock.pass(10 * 60_000 + 1);

    await nothing(bot, await bot.ask(back, cookie), [502, 'Slack did not take it']);
  });

  test('while the client is not the one that Slack knows, and the log says which', async () => {
    const bot = await aBot({ clientSecret: 'not-the-one' });
    const { response } = await bot.install('T1');

    await nothing(bot, response, [502, 'finds the reason in its log']);
    expect(bot.lines.join()).toContain('bad_client_secret');
    expect(bot.lines.join()).not.toContain('not-the-one');
  });

  test('while the database is away, and the log says why', async () => {
    const bot = await aBot();
    vi.spyOn(bot.vault, 'write').mockRejectedValueOnce(Object.assign(new Error('the disk is full'), { code: 'ERR_SQLITE_ERROR' }));
    const { response } = await bot.install('T1');

    await nothing(bot, response, [500, 'on the side of the bot']);
    expect(bot.lines.join()).toContain('the disk is full');
  });

  test.each<[string, object, [number, string]]>([
    ['a whole organization', { is_enterprise_install: true, team: null, enterprise: { id: 'E1', name: 'UN' } }, [400, 'whole organization']],
    ['an app that rotates its tokens', { refresh_token: 'xoxe-1-refresh', expires_in: 43_200 }, [400, 'token rotation']],
    ['an app without a bot', { bot_user_id: undefined }, [502, 'Slack did not take it']],
  ])('of %s', async (_, given, why) => {
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', async (...input: Parameters<typeof fetch>) => {
      const response = await fetch(...input);
      if (!String(input[0]).endsWith('oauth.v2.access')) return response;
      return Response.json({ ...((await response.json()) as object), ...given });
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const bot = await aBot();

    const { response } = await bot.install('T1');

    await nothing(bot, response, why);
    for (const text of [...bot.lines, ...bot.pages, ...bot.bytes()]) expect(text).not.toContain('xoxe-1-refresh');
  });

  test('and the process lives, whatever is asked of it', async () => {
    const bot = await aBot();

    await Promise.all(times(30, (index) => bot.ask(`/slack/oauth_redirect?code=${'x'.repeat(index * 100)}&state=${index}`, `slack-app-oauth-state=${index}`)));

    expect((await bot.ask('/healthz')).status).toBe(200);
  });
});
