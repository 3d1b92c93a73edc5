import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { releaseStartMemory } from '../../../src/lib/memory.ts';
import { aWeb } from '../../support/a-web.ts';
import { factsOf } from '../../support/edits/files.ts';
import { FIRST } from '../../support/edits/sheet.ts';
import { type HostileRequest, hostileRequests } from '../../support/hostile-requests.ts';
import { SEED } from '../../support/seed.ts';

/** `npm run soak` sends a hundred thousand, `npm test` a tenth. */
const isWhole = process.env.FUZZ === 'whole';
const REQUESTS = isWhole ? 100_000 : 10_000;
const PATIENCE = isWhole ? 900_000 : 120_000;
/** Sent at once on one connection; so many connections side by side. */
const BATCH = 8;
const CONNECTIONS = 16;

/** Everything that the server says until it closes. */
function exchange(port: number, batch: readonly HostileRequest[]): Promise<string> {
  const written = batch.map(({ method, target, headers }, index) => {
    const own = headers.some(([name]) => name === 'Host') ? [] : [['Host', `127.0.0.1:${port}`] as const];
    const last = index === batch.length - 1 ? [['Connection', 'close'] as const] : [];
    return `${method} ${target} HTTP/1.1\r\n${[...own, ...headers, ...last].map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  });
  return new Promise((resolve) => {
    const said: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (part: Buffer) => void said.push(part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(said).toString('latin1')));
    socket.write(written.join(''));
  });
}

const STATUS = /^HTTP\/1\.1 (\d{3}) /gm;
const REFLECTED = /<script>alert|<img src=x|\{\{7\*7|^set-cookie:|evil\.example/im;

test(
  'Hostile paths, queries and headers get an answer that is no fault of ours, never see their markup again, and fill no memory',
  async () => {
    const { port, url } = await aWeb({ facts: factsOf(FIRST), now: Date.parse('2026-02-10T09:00:00Z'), env: { TRUST_PROXY: 'on' } });
    const requests = hostileRequests(SEED, REQUESTS);
    const statuses = new Map<number, number>();
    const worst: string[] = [];
    const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);

    /** What came after a request that closed the connection is sent again on another. */
    async function sendAll(batch: readonly HostileRequest[]): Promise<void> {
      for (let left = batch; left.length > 0; ) {
        const said = await exchange(port, left);
        const found = [...said.matchAll(STATUS)].map(([, status]) => Number(status)).filter((status) => status >= 200);
        for (const status of found.length === 0 ? [0] : found) count(status);
        if (REFLECTED.test(said) || found.some((status) => status >= 500) || found.length === 0)
          worst.push(`${JSON.stringify(left.slice(0, Math.max(1, found.length)))}\n${said.slice(0, 2_000)}`);
        left = left.slice(Math.max(1, found.length));
      }
    }
    async function work(): Promise<void> {
      for (;;) {
        const batch: HostileRequest[] = [];
        while (batch.length < BATCH) {
          const next = requests.next();
          if (next.done === true) break;
          batch.push(next.value);
        }
        if (batch.length === 0) return;
        await sendAll(batch);
      }
    }
    const heap = () => {
      releaseStartMemory();
      return process.memoryUsage().heapUsed;
    };
    const before = heap();
    await Promise.all(Array.from({ length: CONNECTIONS }, work));

    expect(worst.slice(0, 3)).toEqual([]);
    expect([...statuses.values()].reduce((sum, number) => sum + number, 0)).toBe(REQUESTS);
    for (const status of [200, 400, 404, 405, 413, 421, 431]) expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
    // Ten thousand who asked and sixteen calendars are remembered, and no more, however many ask.
    expect((heap() - before) / 1_048_576).toBeLessThan(40);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok');
    if (isWhole) console.log(`TEST_SEED=${SEED}: ${REQUESTS} requests, ${JSON.stringify([...statuses].sort())}`);
  },
  PATIENCE,
);
