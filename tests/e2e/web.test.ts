import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { aHome, type Running, run } from '../support/a-process.ts';
import { geneva } from '../support/slack/a-slack.ts';
import { askedBy } from '../support/slack/oauth.ts';
import { startSlack } from '../support/slack/server.ts';

const RUNNING = 'Stop it with Ctrl+C.';
const LISTENS = 'The web server listens';

function aBotWith(env: Readonly<Record<string, string>>) {
  const home = aHome();
  const bots: Running[] = [];
  onTestFinished(async () => {
    for (const bot of bots) bot.process.kill('SIGKILL');
    await Promise.all(bots.map((bot) => bot.ended));
    home.remove();
  });
  return async () => {
    const bot = run(home, ['start'], env);
    bots.push(bot);
    await bot.says(RUNNING);
    return bot;
  };
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a process that stands by takes over the port of the one that ends, and both end within five seconds', async () => {
  const port = await aFreePort();
  const start = aBotWith({ WEB: 'on', PORT: String(port) });
  const first = await start();
  await first.says(LISTENS, 'err');
  const second = await start();
  await second.says('Another process has the PORT', 'err');
  const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
  expect(await health()).toBe('ok');
  expect(first.out()).toContain(`Its pages: http://127.0.0.1:${port}`);
  const page = await (await fetch(`http://127.0.0.1:${port}/?session=54&kind=review`)).text();
  expect(page).toContain('What is next in the Universal Periodic Review');
  expect(page).toContain('href="/deadlines/54-HTI-review"');

  const asked = performance.now();
  first.process.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  await second.says(LISTENS, 'err');

  expect(await health()).toBe('ok');
  second.process.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test('a workspace installs the bot in a browser, and after a restart the bot still has its token', async () => {
  const slack = await startSlack({
    ...{ now: Date.now, appToken: 'xapp-1-test', limits: { channelPerSecond: null, tiers: false } },
    workspaces: [{ ...geneva, isInstalled: false }],
  });
  onTestFinished(slack.close);
  const port = await aFreePort();
  const here = `http://127.0.0.1:${port}`;
  const start = aBotWith({
    ...{ PORT: String(port), PUBLIC_URL: here, ENCRYPTION_KEY: 'ab'.repeat(32), LOG_LEVEL: 'trace' },
    ...{ SLACK_CLIENT_ID: '1.1', SLACK_CLIENT_SECRET: 'a-client-secret', SLACK_APP_TOKEN: 'xapp-1-test' },
    ...{ SLACK_API_URL: slack.url, SLACK_AUTHORIZE_URL: slack.authorizeUrl },
  });
  const first = await start();
  await first.says(LISTENS, 'err');

  const page = await fetch(`${here}/slack/install`);
  const address = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const back = slack.approve({ ...askedBy(address), team: 'T1', user: 'U1' });
  const done = await fetch(back, { headers: { cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' } });

  expect([done.status, (await done.text()).includes('UPR Watch is in Geneva now')]).toEqual([200, true]);
  first.process.kill('SIGTERM');
  const { code, out, err } = await first.ended;
  expect(code).toBe(0);
  const second = await start();
  await second.says('"workspaces":1', 'err');
  for (const text of [out, err, second.out(), second.err()]) expect(text).not.toMatch(/xoxb-|xapp-|a-client-secret|abababab/);
  expect(slack.violations()).toEqual([]);
});
