import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHeartbeat } from '../../../src/lib/heartbeat.ts';
import { createLog } from '../../../src/lib/log.ts';
import { aClock } from '../../support/a-clock.ts';

/** A monitor that counts calls and answers with a status. */
async function aMonitor() {
  const calls: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = (next: number) => {
    status = next;
  };
  return { url: `http://127.0.0.1:${port}/secret-key`, calls, answer };
}

function aLog() {
  const lines: string[] = [];
  return { log: createLog('info', { write: (line: string) => void lines.push(line) }), lines };
}

describe('The heartbeat', () => {
  test('calls the monitor after each healthy minute, and no more often', async () => {
    const { url, calls } = await aMonitor();
    const clock = aClock(0);
    const heartbeat = createHeartbeat(url, { clock, log: aLog().log });

    for (const seconds of [0, 1, 59, 60, 61, 119, 120]) {
      clock.pass(seconds * 1000 - clock.monotonic());
      heartbeat.well();
      await heartbeat.stop();
    }

    expect(calls).toEqual(['/secret-key', '/secret-key', '/secret-key']);
  });

  test('says once that the monitor does not take it, once that it does again, and never the address', async () => {
    const { url, answer } = await aMonitor();
    const { log, lines } = aLog();
    const clock = aClock(0);
    const heartbeat = createHeartbeat(url, { clock, log });

    for (const status of [500, 500, 200, 200]) {
      answer(status);
      heartbeat.well();
      await heartbeat.stop();
      clock.pass(60_000);
    }

    expect(lines.map((line) => JSON.parse(line).level)).toEqual([40, 30]);
    expect(lines.join()).not.toContain('secret-key');
  });

  test('calls nobody when nobody is named', async () => {
    const heartbeat = createHeartbeat(null, { clock: aClock(0), log: aLog().log });

    heartbeat.well();

    await expect(heartbeat.stop()).resolves.toBeUndefined();
  });
});
