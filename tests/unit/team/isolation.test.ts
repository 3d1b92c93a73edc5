/** Whoever has no seat in a plan neither reads nor changes it, whatever they ask, press, choose, fill in or guess. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asker, Response } from '../../../src/adapters/adapter.ts';
import { DEEDS } from '../../../src/commands/deeds.ts';
import { COMMANDS } from '../../../src/commands/spec.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { SEED } from '../../support/seed.ts';
import { OUR_MEMBER, OUR_ROOM, THEIR_MEMBER, THEIR_ROOM, THEM, type TwoSides, twoSides, US } from '../../support/two-sides.ts';
import { type Asked, MANAGER, SOMEBODY } from '../commands/a-chat.ts';

const TRIES = 2_000;
const TEAM_ROLE = 'planted-role';
/** A plan that there is not, named as the real one is. */
const NO_PLAN = 'zzzzzzzz';

const asker = (id: string, may: Asker['may']): Asker => ({ ...SOMEBODY, id, ids: [id], may });
const OUTSIDERS: readonly (Asked & { readonly who: string; readonly on: 'ours' | 'theirs' })[] = [
  { who: 'a stranger in the channel', on: 'ours', by: asker('stranger', 'nothing'), target: OUR_ROOM },
  { who: 'a guest of the partner', on: 'theirs', by: asker('guest', 'nothing'), target: THEIR_ROOM },
  { who: 'a member without the team role', on: 'ours', by: asker('member', 'if-named'), target: OUR_ROOM },
  {
    who: 'a member of another server',
    on: 'ours',
    by: { ...MANAGER, id: 'abroad', ids: ['abroad', TEAM_ROLE] },
    target: { ...OUR_ROOM, installation: 'abroad' },
  },
  {
    who: 'a member of another workspace',
    on: 'theirs',
    by: { ...MANAGER, id: 'far', ids: ['far', TEAM_ROLE] },
    target: { ...THEIR_ROOM, installation: 'far' },
  },
  { who: 'a server with the name of the workspace', on: 'ours', by: MANAGER, target: THEIR_ROOM },
  { who: 'the ended partner', on: 'theirs', ...THEM },
  { who: 'a member of the ended partner', on: 'theirs', ...THEIR_MEMBER },
];

let it: TwoSides;
/** Ids of buttons, selects and forms that insiders were given. */
const found = new Set<string>();
let usedCode = '';

beforeAll(async () => {
  it = await twoSides();
  const { ours, theirs, store, plan } = it;
  const insider: Asked = { target: OUR_ROOM, by: { ...MANAGER, id: 'planted-person', ids: ['planted-person', TEAM_ROLE] } };
  const keep = (response: Response) => {
    for (const [, id] of JSON.stringify(response).matchAll(/"id":"((?:do|page|share|ask)\.[^"]+)"/g)) found.add(id ?? '');
    return response;
  };
  const say = async (command: string, options: Record<string, string> = {}, asked = insider) => keep(await ours.command(command, options, asked));
  usedCode = await it.offer('states');
  await it.accept(usedCode);
  keep(await theirs.command('plan show', { plan }, THEM));
  keep(await theirs.command('task claim', { task: `${plan}/1` }, THEIR_MEMBER));
  await say('bridge end', { plan }, US);
  await it.offer();
  await say('task add', { plan, title: 'planted-title', due: '2026-07-01', cluster: 'planted-cluster' });
  await say('task claim', { task: `${plan}/2` });
  await say('task claim', { task: `${plan}/3`, cluster: 'planted-cluster' });
  await say('task snooze', { task: `${plan}/2`, until: '2026-04-01', reason: 'planted-note' });
  await say('task done', { task: `${plan}/3`, reference: 'planted-receipt' });
  await say('plan sign-on', { plan, closes: '2026-07-10', count: '4711', link: 'https://planted-list.example/' });
  for (const command of ['plan show', 'plan move', 'plan log', 'plan close', 'board']) await say(command, { plan });
  const [channel] = await store.subscriptions.channelsBy(['discord:our-server/our-room']);
  if (channel === undefined) throw new Error('no channel');
  await store.subscriptions.putChannel({ ...channel, timing: channel.profile, teamRole: TEAM_ROLE });
  for (const id of [...found]) keep(await ours.press(id, OUR_MEMBER));
});
afterAll(() => it.close());

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** All rows of the plan, as the file has them. */
function rowsOf(plan: string): string {
  const db = new DatabaseSync(it.ours.file, { readOnly: true });
  const of = (table: string, column: string) => db.prepare(`select * from ${table} where ${column} = ? order by 1, 2`).all(plan);
  const rows = [of('responses', 'id'), ...['tasks', 'cards', 'team_log', 'bridges'].map((table) => of(table, 'response_id'))];
  const wakeups = db.prepare(`select kind, subject from wakeups where subject = ? or subject like ? order by 1, 2`).all(plan, `${plan}/%`);
  db.close();
  return JSON.stringify([...rows, wakeups]);
}

test(`Nobody without a seat reads or changes a plan, in ${TRIES.toLocaleString('en')} tries`, async () => {
  const next = drawsFrom(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const { plan } = it;
  const before = rowsOf(plan);
  const numbers = ['1', '2', '3', '0', '99', '-1', '1e1'];
  const refs = [plan, ...numbers.map((number) => `${plan}/${number}`), plan.toUpperCase(), `${plan}/2/2`, `%`, `${plan.slice(0, 7)}_`];
  const words = [...refs, ...refs, usedCode, '00000-00000', 'planted', 'titles', 'csv', 'markdown', '2026-06-01', ...Object.values(HOSTILE)];
  const deeds = Object.entries(DEEDS).flatMap(([group, its]) => Object.keys(its).map((what) => `do.1.${group}.${what}`));
  const ids = [...found, ...deeds.flatMap((deed) => [deed, `${deed}:${plan}`, `${deed}:${plan}/2`, `${deed}:${plan}/1`])];
  const optionsFor = (name: string) => Object.fromEntries(COMMANDS.find((one) => one.name === name)?.options.map((option) => [option.name, pick(words)]) ?? []);

  /** With one character, or one part, otherwise than it was given. */
  function mutated(id: string): string {
    const at = Math.floor(next() * id.length);
    return pick([
      id,
      id,
      id.slice(0, at),
      `${id.slice(0, at)}${pick([...'a1:/.-'])}${id.slice(at + 1)}`,
      id.replace(/:.*/, `:${pick(refs)}`),
      `${id}/${pick(numbers)}`,
    ]);
  }

  function request(): Record<string, unknown> {
    const command = pick(COMMANDS).name;
    switch (pick(['command', 'command', 'complete', 'action', 'action', 'action', 'submit', 'line', 'home'])) {
      case 'complete':
        return { type: 'complete', command, option: pick(['plan', 'task', 'deadline', 'template', 'view']), typed: pick(['', 'a', 'planted', plan, ...refs]) };
      case 'action':
        return { type: 'action', action: mutated(pick(ids)), values: pick([[], [], [pick(numbers)]]), message: { target: OUR_ROOM, id: '1' } };
      case 'submit':
        return {
          type: 'submit',
          form: pick([mutated(pick(ids)), `ask.${command}`]),
          values: { ...optionsFor(command), reference: 'x', reason: 'y', until: '2026-06-01' },
        };
      case 'line':
        return { type: 'line', text: `${command} ${pick(words)} ${pick(words)}` };
      case 'home':
        return { type: 'home' };
      default:
        return { type: 'command', command, options: optionsFor(command) };
    }
  }

  for (let tried = 0; tried < TRIES; tried += 1) {
    const { who, on, ...asked } = pick(OUTSIDERS);
    const asks = request();
    const told = JSON.stringify(await it[on].ask(asks, asked));
    const trial = `seed ${SEED}, try ${tried}: ${who} asks ${JSON.stringify(asks)}`;
    expect(told.replaceAll(JSON.stringify(asks), ''), trial).not.toMatch(/planted-|4711|reference [0-9a-f]{8}/);
    if (!JSON.stringify(asks).toLowerCase().includes(plan)) expect(told, trial).not.toContain(plan);
    if (tried % 50 === 49) expect(rowsOf(plan), trial).toBe(before);
  }
  expect(rowsOf(plan)).toBe(before);
});

/** Else a count, or that there is a plan at all, could be read from what is refused. */
test.each(OUTSIDERS)('$who is told of a real plan what is told of one that there is not', async ({ on, who: _, ...asked }) => {
  const { plan } = it;
  const deeds = Object.entries(DEEDS).flatMap(([group, its]) => Object.entries(its).map(([what, deed]) => ({ id: `do.1.${group}.${what}`, deed })));
  const about = ({ name }: (typeof COMMANDS)[number]) => /^(plan|task|bridge) /.test(name) && name !== 'plan new';
  const asks = (id: string) => [
    ...COMMANDS.filter(about).map((one) => ({ type: 'command', command: one.name, options: { ...LIKELY, plan: id, task: `${id}/2` } })),
    ...['do', 'form'].flatMap((by) =>
      deeds
        .filter(({ deed }) => deed.takesArgument === true && (deed.by === 'form') === (by === 'form'))
        .flatMap(({ id: deed, deed: { by: how } }) =>
          [id, `${id}/2`].map((argument) =>
            by === 'form'
              ? { type: 'submit', form: `${deed}:${argument}`, values: LIKELY }
              : { type: 'action', action: `${deed}:${argument}`, values: how === 'select' ? ['2'] : [], message: { target: OUR_ROOM, id: '1' } },
          ),
        ),
    ),
  ];
  const [real, none] = [asks(plan), asks(NO_PLAN)];
  for (const [index, one] of real.entries()) {
    const told = JSON.stringify(await it[on].ask(one, asked)).replaceAll(plan, NO_PLAN);
    expect(told, JSON.stringify(one)).toBe(JSON.stringify(await it[on].ask(none[index] ?? {}, asked)));
  }
});

const LIKELY = { title: 'mine', due: '2026-06-01', until: '2026-06-01', reason: 'ill', reference: 'x', format: 'csv', closes: '2026-06-01', cluster: 'c' };
