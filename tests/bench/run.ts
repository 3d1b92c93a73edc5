/** `npm run bench`: every figure the project promises, measured here and now, and written to docs/benchmarks.md with `-- --write`. */
import { writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fanOut, idleTick } from './alerts.ts';
import { type Figure, row } from './measure.ts';
import { simulatedYear, starts } from './process.ts';

const figures: Figure[] = [];
const head = ['| what | median | min–max | runs | must reach | |', '| --- | --- | --- | --- | --- | --- |'];

console.log(head.join('\n'));
for (const measure of [() => idleTick(1_000_000), () => fanOut(50_000), simulatedYear, starts]) {
  for (const figure of await measure()) {
    figures.push(figure);
    console.log(row(figure));
  }
}

if (process.argv.includes('--write')) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const text = [
    '# Benchmarks',
    '',
    `Measured by \`npm run bench\` on ${machine}. Machines are noisy; medians are quoted.`,
    '',
    ...head,
    ...figures.map(row),
    '',
  ];
  writeFileSync(join(import.meta.dirname, '../../docs/benchmarks.md'), text.join('\n'));
}
