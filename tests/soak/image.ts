/**
 * `npm run soak:image`: there is no Docker engine here, so the Dockerfile is carried out by hand. What it copies goes into
 * an empty folder, its RUN lines run there in their order, and then the bot starts as another user who may not write to
 * the folder, answers its health check, and ends when it is told to.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const NOBODY = 65_534;
const PORT = '3917';

const app = mkdtempSync(join(tmpdir(), 'upr-image-'));
const data = mkdtempSync(join(tmpdir(), 'upr-image-data-'));
for (const folder of [app, data]) chmodSync(folder, 0o755);
const isRoot = process.getuid?.() === 0;
const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const env = {
  ...{ PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: data, NODE_ENV: 'production' },
  ...{ HOST: '127.0.0.1', PORT, WEB: 'on', UPR_WATCH_DATA: join(data, 'data'), NODE_COMPILE_CACHE: join(app, '.cache') },
};
// How this machine reaches the registry is its own affair; the cache that a RUN line empties is not its own.
const building = { ...process.env, ...env, HOME: process.env.HOME ?? data, npm_config_cache: join(data, '.npm') };

try {
  for (const line of instructions(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))) {
    const [what, ...rest] = line.split(/\s+/);
    if (what === 'COPY') for (const name of rest.slice(0, -1)) cpSync(join(ROOT, name), join(app, name), { recursive: true });
    if (what !== 'RUN') continue;
    // `/data` and the user of the image are those of this machine's.
    const command = rest
      .join(' ')
      .replaceAll('/data', join(data, 'data'))
      .replace('node:node', isRoot ? `${NOBODY}:${NOBODY}` : `${process.getuid?.()}`);
    console.log(`RUN ${command}`);
    execFileSync('sh', ['-euc', command], { cwd: app, env: building, stdio: 'inherit' });
  }
  mkdirSync(join(data, 'data'), { recursive: true });
  const bot = spawn('node', ['--max-semi-space-size=1', 'bin/upr-watch.js', 'start'], { cwd: app, env, stdio: ['ignore', 'inherit', 'inherit'], ...who });
  const ended = new Promise<number | null>((resolve) => bot.once('exit', resolve));
  const health = await isHealthy();
  execFileSync('node', ['bin/upr-watch.js', 'backup'], { cwd: app, env, stdio: 'inherit', ...who });
  bot.kill('SIGTERM');
  const code = await ended;
  console.log(`The health check ${health ? 'passed' : 'failed'}; the bot ended with ${code}.`);
  process.exitCode = health && code === 0 ? 0 : 1;
} finally {
  for (const folder of [app, data]) rmSync(folder, { recursive: true, force: true });
}

/** Lines that go on are one. */
function instructions(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
}

async function isHealthy(): Promise<boolean> {
  for (let tries = 0; tries < 60; tries += 1) {
    try {
      execFileSync('node', ['deploy/healthcheck.js'], { cwd: app, env, stdio: 'ignore', ...who });
      return true;
    } catch {
      await sleep(500);
    }
  }
  return false;
}
