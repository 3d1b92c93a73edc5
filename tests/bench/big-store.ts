/** SQLite files in a folder of their own: with the shipped calendar and as many followers as a bench asks for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { loadCalendar, readCalendarFolder } from '../../src/calendar/load.ts';
import { revise } from '../../src/calendar/revise.ts';
import { readLead } from '../../src/domain/alerts/ladder.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

export const LADDERS = new Map([['default', { stakeholder_submission: [readLead('7d!'), readLead('1d!')].filter((lead) => lead !== null) }]]);

export async function shippedFacts(): Promise<CalendarFacts> {
  return loadCalendar(await readCalendarFolder(join(import.meta.dirname, '../../config/calendar'))).facts;
}

/** A folder on the disk that is measured. */
export function ownFolder(): { readonly file: (name: string) => string; readonly clear: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'upr-bench-'));
  return { file: (name) => join(folder, name), clear: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Fills the store behind the contract's back: a million rows one call at a time would measure the filling. */
function fill(file: string, channels: number, states: readonly string[]): void {
  const raw = new DatabaseSync(file);
  raw.exec('pragma synchronous = off; begin');
  raw.exec("insert into profiles (id, zone, hour, ladder) values (1, 'Europe/Zurich', '09:00', 'default')");
  const channel = raw.prepare(
    `insert into channels (id, installation, platform, lane, target_json, profile_id, quiet_json, locale, discreet, mention_role)
     values (?, 'bench', 'bench', 'bench', ?, 1, null, 'en', 0, null)`,
  );
  const subscription = raw.prepare(
    `insert into subscriptions (id, channel_id, owner, selector_json, active_from, status, reason) values (?, ?, 'bench', ?, 0, 'active', null)`,
  );
  const follow = raw.prepare('insert into follows (profile_id, state, channel_id, subscription_id) values (1, ?, ?, ?)');
  for (let index = 0; index < channels; index += 1) {
    const id = `channel-${String(index).padStart(7, '0')}`;
    const state = states[index % states.length] ?? '*';
    const selector = JSON.stringify({ states: state === '*' ? null : [state], regions: null, sessions: null, kinds: null, audiences: null });
    channel.run(id, JSON.stringify({ installation: 'bench', channel: id }));
    subscription.run(id, id, selector);
    follow.run(state, id, id);
  }
  raw.exec('commit; analyze');
  raw.close();
}

export interface BigStore {
  readonly store: Store;
  readonly facts: CalendarFacts;
  close(): Promise<void>;
}

/** The shipped calendar, its watermark at `now`, and so many channels of the platform `bench` that follow one of the States each. */
export async function bigStore(channels: number, states: readonly string[], now: number): Promise<BigStore> {
  const folder = ownFolder();
  const file = folder.file('upr-watch.db');
  const facts = await shippedFacts();
  const first = await openSqlite({ file });
  await revise(first, facts, { now, reason: 'bench' });
  await first.setMark('watermark', now);
  await first.close();
  fill(file, channels, states);
  const store = await openSqlite({ file });
  const close = async () => {
    await store.close();
    folder.clear();
  };
  return { store, facts, close };
}
