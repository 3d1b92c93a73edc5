/** A coalition on Discord and a partner on Slack answer one deadline of Togo together; what each side read, as `docs/teams-story.md` shows it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, clockTimeOf, type Day, dayOf, GENEVA, weekday } from '../../src/domain/time.ts';
import { at } from './a-voice.ts';
import { ANNA, type Shown, type TwoPlatforms, twoPlatforms } from './two-platforms.ts';

const PAGE = join(import.meta.dirname, '../../docs/teams-story.md');
const WIDTH = 118;
/** What is drawn by lot, as the page has it. */
const [PLAN, CODE] = ['k3f9qd2m', '7K2QM-XW94D'];
export const RECEIPT = 'Receipt 54-TGO-0117';
/** The move is made up. */
const MOVED = `session: 54
version: 20260415
checked: 2026-04-15
deadlines: { stakeholder_submission: { date: 2026-07-22, certainty: published, source: [ohchr_made_up] } }
`;

export type Side = 'coalition' | 'partner';
type Told = Readonly<Record<Side, readonly string[]>>;
export type Coalition = Awaited<ReturnType<typeof liveThrough>>;

/** Lives through the whole story. `told` is all that either side read in that step, answers and what is new or edited in the channel. */
export async function liveThrough() {
  const bot = await twoPlatforms(at('2026-04-01', '10:00'));
  try {
    return await story(bot);
  } finally {
    await bot.close();
  }
}

async function story(bot: TwoPlatforms) {
  const before = new Map<string, string>();
  const steps: { readonly what: string; readonly at: number; readonly told: Told; readonly shown: boolean }[] = [];
  const news = (side: Side, shown: readonly Shown[]) =>
    shown.flatMap(({ id, text }) => {
      const isNews = before.get(`${side}${id}`) !== text;
      before.set(`${side}${id}`, text);
      return isNews ? [text] : [];
    });
  const look = (what: string, answers: Partial<Told> = {}, shown = true) => {
    const coalition = [...(answers.coalition ?? []), ...news('coalition', [...bot.onDiscord(), ...bot.inThreads()])];
    const partner = [...(answers.partner ?? []), ...news('partner', bot.onSlack())];
    steps.push({ what, at: bot.clock.now(), told: { coalition, partner }, shown });
  };
  /** Mornings up to this one, which is told: those of its last week, and Mondays before. */
  const morning = async (day: Day, what: string) => {
    for (let next = addDays(dayOf(bot.clock.now(), GENEVA), 1); next < day; next = addDays(next, 1)) {
      if (weekday(next) === 1 || next > addDays(day, -7)) await bot.tickAt(at(next, '09:00'));
    }
    look('meanwhile', {}, false);
    await bot.tickAt(at(day, '09:00'));
    await bot.seconds(5);
    look(what);
  };
  const within5s = () => bot.seconds(5);

  const followed = await bot.anna('follow', { state: 'Togo' });
  const begun = await bot.anna('plan new', { deadline: '54-TGO-stakeholder_submission', template: 'joint-submission' });
  const plan = /Plan ([a-z0-9]{8}) /.exec(begun)?.[1] ?? '';
  await within5s();
  look('Anna, on Discord: /upr follow state:Togo, then /upr plan new', { coalition: [followed, begun] });

  const offered = await bot.anna('bridge offer', { plan, shows: 'titles' });
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(offered)?.[0] ?? '';
  const accepted = await bot.omar(`bridge accept ${code}`);
  await within5s();
  look('Anna offers the plan; Omar, on Slack, takes it with the code', { coalition: [offered], partner: [accepted] });

  const card = bot.onDiscord().find(({ text }) => text.includes('of 14 done')) ?? null;
  const taken = await bot.discord.choose(card, `do.1.task.take:${plan}`, ['1'], ANNA);
  await within5s();
  look('Anna takes task 1 from the card', { coalition: [taken.text] });
  const claimed = await bot.omar('task claim 3');
  const tooLate = await bot.omar('task claim 1');
  await within5s();
  look('Omar takes task 3 by command, and tries task 1', { partner: [claimed, tooLate] });

  await morning('2026-04-06', 'Anna is silent and is asked');
  await morning('2026-04-08', 'she is warned, and Omar is asked');
  const done = await bot.omar('task done 3 reference:"Minutes of 8 April"');
  await within5s();
  look('Omar is done with task 3', { partner: [done] });
  await morning('2026-04-10', 'task 1 goes back to the team');

  await bot.tickAt(at('2026-04-15', '11:59'));
  look('meanwhile', {}, false);
  await bot.applies(MOVED);
  await bot.tickAt(at('2026-04-15', '12:00'));
  await within5s();
  look('The date moves by five days');
  const moved = bot.onDiscord().findLast(({ text }) => text.includes('the date moved')) ?? null;
  const settled = await bot.discord.press(moved, `do.1.plan.move-yes:${plan}/2026-07-22`, ANNA);
  await within5s();
  look('Anna confirms the new dates', { coalition: [settled.text] });

  await bot.tickAt(at('2026-04-16', '10:00'));
  await morning('2026-07-20', 'Three months later: the day of the team itself');
  const uploaded = await bot.omar('task claim 12');
  const submitted = await bot.omar(`task done 12 reference:"${RECEIPT}"`);
  const closed = await bot.anna('plan close', { plan, reference: RECEIPT });
  await within5s();
  look('Omar uploads it, and Anna closes the plan with the receipt', { coalition: [closed], partner: [uploaded, submitted] });

  const all = (side: Side) => steps.flatMap(({ told }) => told[side]);
  return {
    ...{ steps, plan, code, coalition: all('coalition'), partner: all('partner') },
    cards: { coalition: bot.onDiscord().filter(isCard), partner: bot.onSlack().filter(isCard) },
    violations: [...bot.discord.violations(), ...bot.slack.violations()],
    mentions: bot.slack.mentions(),
    errors: bot.logged('"level":50'),
  };
}

const isCard = ({ text }: Shown): boolean => text.includes('of 14 done');

/** What a side read, a step after the other; what came in between is left out. */
export function pageOf({ steps, plan, code }: Coalition, side: Side): string {
  const shown = steps.filter((step) => step.shown && step.told[side].length > 0);
  const text = shown.map((step) => [`[${dayOf(step.at, GENEVA)} ${clockTimeOf(step.at, GENEVA)}] ${step.what}`, ...step.told[side].map(plainly)].join('\n\n'));
  return text.join('\n\n').replaceAll(plan, PLAN).replaceAll(code, CODE);
}

/** As it looks: without the marks of either platform. */
function plainly(text: string): string {
  return text
    .replace(/[\u2066-\u2069]|\*\*|^(## |-# )/gm, '')
    .replace(/\\(?=[^\w\s])/g, '')
    .replace(/^- /gm, '• ')
    .replace(/\[([^\]]+)\]\(https[^)]*\)/g, '$1')
    .replace(/<?@(900|U1)>?/g, (_, id) => (id === ANNA.user ? '@anna' : '@omar'))
    .split('\n')
    .flatMap(wrapped)
    .join('\n');
}

function wrapped(line: string): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** The text that the page has of a side. @throws where it has none. */
export function shownStory(side: Side): string {
  const page = readFileSync(PAGE, 'utf8');
  const [head, tail] = around(page, side);
  return page.slice(head.length, page.length - tail.length);
}

/** Puts what either side reads today into the page. */
export async function writeStory(): Promise<void> {
  const coalition = await liveThrough();
  let page = readFileSync(PAGE, 'utf8');
  for (const side of ['coalition', 'partner'] as const) page = around(page, side).join(pageOf(coalition, side));
  writeFileSync(PAGE, page);
}

function around(page: string, side: Side): readonly [string, string] {
  const mark = `<!-- story: ${side} -->\n\`\`\`text\n`;
  const from = page.indexOf(mark) + mark.length;
  const to = page.indexOf('\n```', from - 1);
  if (from < mark.length || to < 0) throw new Error(`The page has no block for the ${side}`);
  return [page.slice(0, from), page.slice(to)];
}
