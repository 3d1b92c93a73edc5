import type { Command } from 'commander';
import { DAY, toIso } from '../domain/time.ts';
import type { ProofRow } from '../store/store.ts';
import type { Io } from './io.ts';
import { jsonOption, readNumber } from './options.ts';
import { withStore } from './with-store.ts';

/** `upr-watch proof`: what was due, what became of it, and how late it was said. */
export function proofCommand(program: Command, io: Io): void {
  program
    .command('proof')
    .description('every alert that was due: sent, how late, by which message; in doubt, failed and why')
    .option('--days <number>', 'how far back', readNumber, 30)
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ config: string; days: number; json: boolean }>();
      const since = io.clock.now() - options.days * DAY;
      await withStore(io, options.config, async (store) => {
        const rows = await store.alerts.proof(since);
        io.write(options.json ? `${JSON.stringify(toJson(rows, since), null, 2)}\n` : toText(rows, options.days));
      });
    });
}

function latenessOf({ saidAt, dueAt }: ProofRow): number | null {
  return saidAt === null ? null : Math.max(0, Math.round((saidAt - dueAt) / 1000));
}

function totalsOf(rows: readonly ProofRow[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { state } of rows) totals[state] = (totals[state] ?? 0) + 1;
  return totals;
}

function toJson(rows: readonly ProofRow[], since: number) {
  const alerts = rows.map((row) => ({
    channel: row.channel,
    alert: row.onceKey,
    due: toIso(row.dueAt),
    state: row.state,
    said: row.saidAt === null ? null : toIso(row.saidAt),
    latenessSeconds: latenessOf(row),
    reference: row.reference,
    repeats: row.repeats,
    reason: row.reason,
  }));
  return { since: toIso(since), totals: totalsOf(rows), alerts };
}

function toText(rows: readonly ProofRow[], days: number): string {
  if (rows.length === 0) return `Nothing was due in the last ${days} days.\n`;
  const lines = rows.map((row) => {
    const late = latenessOf(row);
    const how = late === null ? (row.reason ?? '') : `${late} s late, message ${row.reference ?? 'unnamed'}`;
    return `${toIso(row.dueAt)}  ${row.state.padEnd(10)}  ${row.channel}  ${row.onceKey}  ${how}`.trimEnd();
  });
  const totals = Object.entries(totalsOf(rows)).map(([state, count]) => `${count} ${state}`);
  return `${lines.join('\n')}\n${totals.join(', ')}.\n`;
}
