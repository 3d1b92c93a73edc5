/** What is read of plans: by their own team, by a partner, on both platforms. */
import { describe, expect, test } from 'vitest';
import { render as renderDiscord } from '../../../src/adapters/discord/render.ts';
import { render as renderSlack } from '../../../src/adapters/slack/render.ts';
import { pressedOf } from '../../../src/commands/buttons.ts';
import { DEEDS } from '../../../src/commands/deeds.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import type { Step } from '../../../src/domain/team/nag.ts';
import type { Unplannable } from '../../../src/domain/team/plan.ts';
import type { WholeResponse } from '../../../src/domain/team/response.ts';
import type { Holder, Refusal, Task } from '../../../src/domain/team/task.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { message } from '../../../src/message/build.ts';
import type { Seen, TeamContent } from '../../../src/message/content-team.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import { type BoardAnswer, formatBoard } from '../../../src/message/format-board.ts';
import { formatCard, formatPlan } from '../../../src/message/format-card.ts';
import { EVENTS, formatLog } from '../../../src/message/format-history.ts';
import { formatTaskDone, formatTaskRefused, formatUnplannable, type TaskDeed } from '../../../src/message/format-team.ts';
import type { Message } from '../../../src/message/message.ts';
import { aDeadline } from '../../support/a-calendar.ts';
import { aResponse, aTask, SIDE, SOMEBODY } from '../../support/a-plan.ts';
import { at, aVoice, ON_TIME } from '../../support/a-voice.ts';
import type { Body } from '../../support/discord/bodies.ts';
import { flawsOfMessage as flawsOnDiscord } from '../../support/discord/message-rules.ts';
import { flawsOfMessage as flawsOnSlack } from '../../support/slack/checks.ts';

const VOICE = aVoice();
const THERE = { platform: 'discord', installation: '100' };
const OWNER: Seen = { by: 'owner', side: SIDE, shows: 'titles', names: true };
const PARTNER: Seen = { by: 'partner', side: THERE, shows: 'titles', names: true };
const BLIND: Seen = { ...PARTNER, shows: 'states' };
const ROLE: Holder = { kind: 'role', side: SIDE, id: 'S77' };
const CLUSTER: Holder = { kind: 'cluster', side: SIDE, name: 'Housing' };
const TODAY = '2026-07-10';
const PLAN: WholeResponse = {
  response: aResponse({
    deadline: aDeadline().id,
    title: 'Kenya: stakeholder submission',
    signOn: { closesOn: '2026-07-12', count: 24, link: 'https://docs.example/secret' },
  }),
  tasks: [
    aTask({
      number: 1,
      title: 'Gather the data',
      phase: 'Evidence',
      dueOn: '2026-07-01',
      holder: SOMEBODY,
      doneAt: at('2026-07-01'),
      reference: 'https://docs.example/secret',
    }),
    aTask({ number: 2, title: 'Write the draft', dueOn: '2026-07-08', holder: SOMEBODY }),
    aTask({ number: 3, title: 'Check the data', dueOn: '2026-07-11', holder: CLUSTER, cluster: 'Housing', compressed: true }),
    aTask({
      number: 4,
      title: 'Translate',
      phase: 'Consult',
      dueOn: '2026-07-13',
      suits: 'translator',
      snooze: { until: '2026-07-11', reason: 'a secret reason' },
    }),
    aTask({ number: 5, title: 'Upload', phase: 'Submit', dueOn: '2026-07-15', holder: ROLE }),
  ],
};
const CARD = { whole: PLAN, deadline: aDeadline(), today: TODAY, seen: OWNER };
const card = (more: Partial<typeof CARD> = {}) => message(formatCard({ ...CARD, ...more }, VOICE));

test('A card says the official date first, then how far it is, what is next and who has it', () => {
  expect(card().fallbackText).toBe(
    [
      'Kenya: stakeholder submission',
      'Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva · in 7 days',
      'Our own deadline: Wednesday, 15 July 2026',
      '■■□□□□□□□□ 1 of 5 done · 1 late · 1 that nobody has',
      'Next: Write the draft by Wednesday, 8 July 2026 (late) · a person of this team',
      'Sign-on open until 12 July 2026: 24 so far · the list',
      'Draft',
      '• 2 Write the draft · 8 July 2026 · a person of this team · late',
      '• 3 Check the data · 11 July 2026 · cluster Housing · moved to fit',
      'Consult',
      '• 4 Translate · 13 July 2026 · nobody yet · for: translator · put off',
      'Submit',
      '• 5 Upload · 15 July 2026 · a role of this team',
      'Plan abcd1234 · joint-submission',
    ].join('\n'),
  );
});

test('A partner reads titles or states, and never a name, an id, a note or a link of the other side', () => {
  for (const seen of [PARTNER, BLIND]) {
    const told = [card({ seen }), message(formatPlan({ ...CARD, seen }, VOICE)), board('overview', seen), board('late', seen), board('cluster', seen)];
    for (const view of told) expect(JSON.stringify(view)).not.toMatch(/secret|U1|S77|Housing|"type":"(user|role)"/);
    expect(card({ seen }).fallbackText).toContain('the other side');
  }
  expect(card({ seen: PARTNER }).fallbackText).toContain('4 Translate');
  expect(JSON.stringify([card({ seen: BLIND }), board('late', BLIND)])).not.toMatch(/Translate|Write the draft|Upload|Draft|joint-submission/);
  expect(card({ seen: BLIND }).fallbackText).toContain('• Task 4 · 13 July 2026 · nobody yet');
});

test('What is posted anew names nobody; what is edited names people to their own side', () => {
  expect(JSON.stringify(card({ seen: { ...OWNER, names: false } }))).not.toMatch(/"type":"(user|role)"|U1|S77/);
  expect(JSON.stringify(card())).toContain('{"type":"user","id":"U1"');
  expect(JSON.stringify(card())).toContain('{"type":"role","id":"S77"');
});

test('A card says that its date moved, that it is gone, that all is done, and how it ended', () => {
  const { response, tasks } = PLAN;
  const done = tasks.map((task) => ({ ...task, doneAt: 1 }));
  const closed = (more: Partial<typeof response>) => card({ whole: { tasks, response: { ...response, status: 'closed', ...more } } });

  expect(card({ deadline: aDeadline({ when: dayWhen('2026-07-22', GENEVA) }) }).fallbackText).toContain('/upr plan move abcd1234');
  expect(card({ deadline: null as never }).fallbackText).toContain('not in the calendar any more');
  expect(card({ whole: { response, tasks: done } }).fallbackText).toContain('■■■■■■■■■■ 5 of 5 done\nAll is done.');
  expect(closed({ reference: 'receipt 4711' }).fallbackText).toContain('Closed · reference: receipt 4711');
  expect(closed({ reason: 'The office was closed' }).fallbackText).toContain('Closed. Reason: The office was closed');
  expect(closed({ reason: 'x' }).actions).toEqual([]);
  expect(message(formatCard(CARD, aVoice({ discreet: true }))).title).toBe('A plan of your team');
});

const MORE = (count: number) => `and ${count} more`;
const SIXTY: WholeResponse = {
  response: aResponse({ title: 'Kenya: '.padEnd(200, 'ß*_ ') }),
  tasks: Array.from({ length: 60 }, (_none, index) =>
    aTask({
      number: index + 1,
      title: `${index} `.padEnd(200, '*_&<>|`ß '),
      phase: `Phase ${index >> 2}`.padEnd(60, '*'),
      suits: 'x'.repeat(80),
      cluster: '<!channel>',
      holder: index % 2 === 0 ? null : SOMEBODY,
    }),
  ),
};

test('A plan of 60 tasks of the longest titles stays within what both platforms take, and a card stays short', () => {
  const seen = { ...OWNER, side: SIDE };
  const all: TeamContent[] = [
    { type: 'card', whole: SIXTY, deadline: aDeadline(), today: TODAY, seen },
    { type: 'nag', whole: SIXTY, items: SIXTY.tasks.map((task) => ({ step: task.holder === null ? 'ask-team' : 'warn-holder', task })), today: TODAY, seen },
    {
      type: 'history',
      whole: SIXTY,
      events: SIXTY.tasks.map(({ number }) => ({ id: number, response: 'abcd1234', task: number, at: 1, by: null, what: 'ask', before: null })),
      seen,
    },
    { type: 'plan-moved', whole: SIXTY, deadline: aDeadline(), proposal: movedBy(SIXTY.tasks), seen },
  ];
  for (const content of all) {
    const said = formatAlert(content, ON_TIME, VOICE);
    expect(flawsOnDiscord(renderDiscord(said, MORE) as unknown as Body, { files: 0, mayHide: false })).toEqual([]);
    const body = renderSlack(said, MORE);
    const { blocks, text } = body;
    expect([flawsOnSlack(body, 'post'), flawsOnSlack(body, 'update')]).toEqual([[], []]);
    expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  }
  expect(card({ whole: SIXTY }).body.length).toBeLessThanOrEqual(24);
});

function movedBy(tasks: readonly Task[]) {
  const days = tasks.map(({ number }) => ({ number, from: '2026-07-01', to: '2026-07-06', compressed: true }));
  return { plannedFor: dayWhen('2026-07-22', GENEVA), internal: '2026-07-20', tasks: days, holidaysUnknown: [] };
}

function board(view: BoardAnswer['view'], seen = OWNER, plans = [{ whole: PLAN, deadline: aDeadline(), seen }]): Message {
  return formatBoard({ view, plans, today: TODAY, isMine: () => true }, VOICE);
}

const keysOf = <K extends string>(all: Record<K, true>) => Object.keys(all) as K[];
const STEPS = keysOf<Step>({ 'ask-team': true, 'ask-holder': true, 'warn-holder': true, 'hand-back': true });
const REFUSALS = keysOf<Refusal>({
  held: true,
  done: true,
  'not-held': true,
  'not-done': true,
  'beyond-the-date': true,
  'in-the-past': true,
  'nothing-new': true,
});
const UNPLANNABLE = keysOf<Unplannable>({ 'no-day': true, passed: true, 'not-standing': true });
const DID = keysOf<TaskDeed>({ claim: true, assign: true, release: true, finish: true, reopen: true, snooze: true, answer: true, undo: true, add: true });

describe('Every word', () => {
  const [first, second = PLAN.tasks[0]] = PLAN.tasks;
  const told = { whole: PLAN, task: second as Task, seen: OWNER };
  const alert = (content: TeamContent) => formatAlert(content, ON_TIME, VOICE);
  const nag = (step: Step, task: Task) => alert({ type: 'nag', whole: PLAN, items: [{ step, task }], today: TODAY, seen: OWNER });
  const messages: readonly Message[] = [
    ...STEPS.flatMap((step) => PLAN.tasks.slice(1).map((task) => nag(step, task))),
    ...REFUSALS.flatMap((refused) => [true, false].map((isMine) => formatTaskRefused(told, { refused, isMine }, VOICE))),
    ...DID.flatMap((what) => [null, 7].flatMap((event) => PLAN.tasks.map((task) => formatTaskDone({ ...told, task }, { what, event }, VOICE)))),
    ...UNPLANNABLE.flatMap((refused) => [
      formatUnplannable(aDeadline(), refused, VOICE),
      alert({ type: 'plan-moved', whole: PLAN, deadline: null, proposal: { refused }, seen: OWNER }),
    ]),
    alert({ type: 'plan-moved', whole: PLAN, deadline: aDeadline(), proposal: movedBy(PLAN.tasks), seen: PARTNER }),
    ...[...EVENTS, 'another'].map((what) => formatLog({ whole: PLAN, seen: OWNER, events: [event(what, 1), event(what, null), event(what, 99)] }, VOICE)),
    ...(['overview', 'mine', 'unclaimed', 'late', 'cluster'] as const).flatMap((view) => [
      board(view),
      board(view, OWNER, []),
      board(view, OWNER, [{ whole: { ...PLAN, tasks: [] }, deadline: aDeadline(), seen: OWNER }]),
    ]),
    alert({
      type: 'digest',
      digest: { ahead: [aDeadline()], changed: [], estimated: [] },
      hands: [{ whole: PLAN, tasks: first === undefined ? [] : Array.from({ length: 12 }, () => first) }],
    } as never),
  ];

  test('is a message that a person can be shown', () => {
    for (const { title, fallbackText } of messages) {
      expect(title).not.toBe('');
      expect(fallbackText).not.toMatch(/undefined|null|NaN|\[object|[{}<>]| {2}|\(\)| ,|none/i);
    }
  });

  test('on a button is read by the deed that it names', () => {
    const actions = [...messages, card(), message(formatPlan(CARD, VOICE))].flatMap((said) => said.actions);
    expect(actions.length).toBeGreaterThan(50);
    for (const { id, style } of actions) {
      const pressed = pressedOf(id);
      const deed = pressed?.does === 'do' ? DEEDS[pressed.command]?.[pressed.what] : undefined;
      expect(deed, id).toBeDefined();
      expect([deed?.by ?? 'button', deed?.takesArgument ?? false]).toEqual([
        style === 'select' ? 'select' : 'button',
        pressed?.does === 'do' && pressed.argument !== '',
      ]);
    }
  });
});

function event(what: string, task: number | null) {
  const by = what === 'ask' || what === 'hand-back' ? null : { side: what === 'claim' ? THERE : SIDE, id: 'U1' };
  return { id: 1, response: 'abcd1234', task, at: at(TODAY), by, what, before: null };
}
