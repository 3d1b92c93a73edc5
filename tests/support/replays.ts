/** What channels read in the cases of `docs/calendar.md`, as that page shows it. `npm run replays` writes it there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockTimeOf, dayOf, GENEVA, type Instant } from '../../src/domain/time.ts';
import type { Message } from '../../src/message/message.ts';
import { caseFacts, replay } from './a-case.ts';
import { liveThroughShift } from './shift-2020.ts';
import { shippedFacts } from './shipped.ts';

interface Read {
  readonly at: Instant;
  readonly message: Message;
  /** When the message was posted that this one takes the place of. */
  readonly edits?: Instant;
}

const PAGE = join(import.meta.dirname, '../../docs/calendar.md');
const WIDTH = 118;

/** By the name under which the page has them. What is made up in a case is not lived through here. */
const REPLAYS: Readonly<Record<string, () => Promise<readonly Read[]>>> = {
  'usa-2025': async () => simulated(await replay(await shippedFacts(), 'USA', ['2025-06-01', '2026-11-24'])),
  'israel-2013': () => course('israel-2013', 'ISR', ['2012-09-01', '2013-12-01']),
  'nicaragua-2025': () => course('nicaragua-2025', 'NIC', ['2024-12-01', '2026-05-01'], '2026-01-01'),
  'myanmar-2022': () => course('myanmar-2022', 'MMR', ['2022-01-01', '2026-09-01'], '2026-06-01'),
  'double-deadline-2010': () => course('double-deadline-2010', null, ['2010-03-01', '2010-05-01']),
  'shift-2020': async () => {
    const { said, edited } = await liveThroughShift();
    const posted = said.filter(({ channel, type }) => channel === 'both' && type !== 'silence');
    const amended = edited
      .filter(({ channel, content }) => channel === 'both' && content.type === 'amendment' && content.changed.length > 0)
      .map((edit) => ({ ...edit, edits: posted.find(({ key }) => key === edit.id)?.at ?? edit.at }));
    return [...posted, ...amended].sort((a, b) => a.at - b.at);
  },
};

/** The messages in the order in which they came, without the lines of silent months. */
export async function replayText(name: string): Promise<string> {
  const read = (await REPLAYS[name]?.()) ?? [];
  return read.map(shown).join('\n\n');
}

/** The text that the page has for a replay. @throws where it has none. */
export function shownReplay(name: string): string {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = aroundReplay(page, name);
  return page.slice(before.length, page.length - after.length);
}

/** Puts what every channel reads today into the page. */
export async function writeReplays(): Promise<void> {
  let page = readFileSync(PAGE, 'utf8');
  for (const name of Object.keys(REPLAYS)) page = aroundReplay(page, name).join(await replayText(name));
  writeFileSync(PAGE, page);
}

function aroundReplay(page: string, name: string): readonly [string, string] {
  const mark = `<!-- replay: ${name} -->\n\`\`\`text\n`;
  const from = page.indexOf(mark) + mark.length;
  const to = page.indexOf('\n```', from - 1);
  if (from < mark.length || to < 0) throw new Error(`The page has no block for the replay ${name}`);
  return [page.slice(0, from), page.slice(to)];
}

/** @param before the day on which the page ends, where what comes after it is made up */
async function course(name: string, state: string | null, ...[span, before = '9999']: readonly [readonly [string, string], string?]): Promise<readonly Read[]> {
  const run = await replay(caseFacts(name, await shippedFacts()), state, span);
  return simulated(run).filter(({ at }) => dayOf(at, GENEVA) < before);
}

function simulated({ messages }: Awaited<ReturnType<typeof replay>>): readonly Read[] {
  return messages.filter(({ type }) => type !== 'silence');
}

function shown({ at, message, edits }: Read): string {
  const time = (instant: Instant) => `${dayOf(instant, GENEVA)} ${clockTimeOf(instant, GENEVA)}`;
  const head = edits === undefined ? time(at) : `${time(at)}, in place of the message of ${time(edits)}`;
  return [
    head,
    ...message.fallbackText
      .replace(/[\u2066-\u2069]/g, '')
      .split('\n')
      .flatMap(wrapped),
  ].join('\n');
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
