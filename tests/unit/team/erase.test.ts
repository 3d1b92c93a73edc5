/** Erasing one of two sides that share a plan: nothing of it is left in the database, its file or its log. */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { OUR_MEMBER, THEIR_MEMBER, THEM, type TwoSides, US, withTwoSides } from '../../support/two-sides.ts';
import { messageOf } from '../commands/a-chat.ts';

/** Each side works on a plan that ours shares; every text and id says whose it is. */
async function work(it: TwoSides): Promise<void> {
  const { ours, theirs, plan } = it;
  await ours.text('task add', { plan, title: 'our-title', due: '2026-07-01', cluster: 'our-cluster' }, US);
  await it.share();
  for (const [chat, asked, whose, first] of [
    [ours, OUR_MEMBER, 'our', 1],
    [theirs, THEIR_MEMBER, 'their', 5],
  ] as const) {
    await chat.text('task claim', { task: `${plan}/${first}` }, asked);
    await chat.text('task claim', { task: `${plan}/${first + 1}`, cluster: `${whose}-cluster` }, asked);
    await chat.text('task snooze', { task: `${plan}/${first}`, until: '2026-04-01', reason: `${whose}-note` }, asked);
    await chat.text('task done', { task: `${plan}/${first + 1}`, reference: `${whose}-receipt` }, asked);
    await chat.text('task release', { task: `${plan}/${first}` }, asked);
    await chat.text('task claim', { task: `${plan}/${first}` }, asked);
  }
  await it.accept('00000-00000');
}

function dump(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = db.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
  const rows = tables.map(({ name }) => JSON.stringify(db.prepare(`select * from "${name}"`).all()));
  db.close();
  return rows.join('\n');
}

const bytes = (file: string) =>
  [file, `${file}-wal`]
    .filter(existsSync)
    .map((one) => readFileSync(one).toString('latin1'))
    .join('');

test.each([
  ['partner', 'their-', 'our-'],
  ['owner', 'our-', 'their-'],
] as const)('of the %s leaves nothing of it while the bridge is open', async (who, gone, kept) => {
  await withTwoSides(async (it) => {
    await work(it);
    const { file } = it.ours;
    expect(dump(file)).toContain(gone);
    const [chat, asked] = who === 'partner' ? ([it.theirs, THEM] as const) : ([it.ours, US] as const);
    const tasks = (await it.store.teams.find(it.plan))?.tasks.length;

    const question = messageOf(await chat.press('do.1.privacy.ask-server', asked)).fallbackText;
    const answer = messageOf(await chat.press('do.1.privacy.erase-server', asked)).fallbackText;

    for (const text of [question, answer]) {
      expect(text).toContain('1 channel');
      if (who === 'owner') expect(text).toContain(`1 plan with ${tasks} tasks`);
      else expect(text).toContain('0 plans');
    }
    expect(answer).toContain('30 days');
    expect(dump(file)).not.toContain(gone);
    expect(bytes(file)).not.toContain(gone);
    expect(dump(file)).toContain(kept);
    if (who === 'partner') expect(await it.ours.text('plan show', { plan: it.plan }, US)).toContain('nobody yet');
    else expect(await it.theirs.text('plan show', { plan: it.plan }, THEM)).toContain('no such plan');
  });
});
