/** One task, and everybody wants it: one has it, all others are told who, soon. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { startPostgres } from '../support/postgres.ts';
import { ownFolder } from './big-store.ts';
import { type Clicked, clickAtOnce, putPlan } from './clicks.ts';
import { type Figure, percentile, timed } from './measure.ts';

const [PROCESSES, RUNS, FEW, MANY] = [4, 5, 100, 1_000];

interface Round {
  readonly p95: number;
  readonly all: number;
}

/** Throws where not one has it, or somebody was not told. */
async function round(click: () => Promise<readonly Clicked[]>, count: number): Promise<Round> {
  let clicked: readonly Clicked[] = [];
  const all = await timed(async () => {
    clicked = await click();
  });
  const sum = (of: (one: Clicked) => number) => clicked.reduce((total, one) => total + of(one), 0);
  if (sum(({ won }) => won) !== 1 || sum(({ told }) => told) !== count - 1) throw new Error(`${sum(({ won }) => won)} have the task`);
  return {
    p95: percentile(
      clicked.flatMap(({ ms }) => ms),
      0.95,
    ),
    all,
  };
}

/** Beside those of the first round, in which a process connects and nothing is compiled yet. */
async function rounds(
  click: (response: string, count: number) => Promise<readonly Clicked[]>,
  put: (response: string) => Promise<void>,
  name: string,
): Promise<readonly Figure[]> {
  const measured: Record<number, Round[]> = { [FEW]: [], [MANY]: [] };
  for (let run = 0; run <= RUNS; run += 1) {
    for (const count of [FEW, MANY]) {
      const response = `r${run}x${count}`;
      await put(response);
      const one = await round(() => click(response, count), count);
      if (run > 0) measured[count]?.push(one);
    }
  }
  return [
    { name: `${FEW} clicks on one claim at once, ${name}: answer, p95`, target: '≤ 500 ms', unit: 'ms', values: (measured[FEW] ?? []).map(({ p95 }) => p95) },
    { name: `${MANY} clicks on one claim at once, ${name}: all answered`, target: '≤ 3 s', unit: 'ms', values: (measured[MANY] ?? []).map(({ all }) => all) },
  ];
}

function said<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`a process ended with ${code}`));
    child.once('exit', died);
    child.once('message', (message) => {
      child.off('exit', died);
      resolve(message as T);
    });
  });
}

async function overProcesses(): Promise<readonly Figure[]> {
  const server = await startPostgres({ durable: true });
  const url = await server.database();
  const store = await openPostgres({ url });
  const children = Array.from({ length: PROCESSES }, () =>
    fork(join(import.meta.dirname, 'claims-process.ts'), { env: { ...process.env, BENCH_DATABASE: url }, serialization: 'json' }),
  );
  await Promise.all(children.map((child) => said(child)));
  try {
    const click = (response: string, count: number) =>
      Promise.all(
        children.map((child, index) => {
          const clicked = said<Clicked>(child);
          child.send({ response, count: count / PROCESSES, process: index });
          return clicked;
        }),
      );
    return await rounds(click, (response) => putPlan(store, response), `${PROCESSES} processes on PostgreSQL`);
  } finally {
    for (const child of children) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    }
    await store.close();
    await server.stop();
  }
}

async function onOneFile(): Promise<readonly Figure[]> {
  const { file, clear } = ownFolder();
  const store = await openSqlite({ file: file('bot.db') });
  try {
    const click = async (response: string, count: number) => [await clickAtOnce(store, { response, count, process: 0 })];
    return await rounds(click, (response) => putPlan(store, response), 'one process on SQLite');
  } finally {
    await store.close();
    clear();
  }
}

export async function claims(): Promise<readonly Figure[]> {
  return [...(await onOneFile()), ...(await overProcesses())];
}
