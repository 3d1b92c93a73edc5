/** A coalition on Discord with a plan for Kenya's submission, and a partner on Slack: one bot, one database, two chats. */
import { dayWhen } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';
import { type Asked, aChat, MANAGER, messageOf, SOMEBODY } from '../unit/commands/a-chat.ts';
import { at } from './a-voice.ts';
import { calendarOf } from './some-dates.ts';

const NOW = at('2026-03-02');
const FACTS = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);

export const OUR_ROOM = { installation: 'our-server', channel: 'our-room' };
export const THEIR_ROOM = { installation: 'their-workspace', channel: 'their-room' };
/** Managers of either side. */
export const US: Asked = { by: { ...MANAGER, id: 'our-manager', ids: ['our-manager'] }, target: OUR_ROOM };
export const THEM: Asked = { by: { ...MANAGER, id: 'their-manager', ids: ['their-manager'] }, target: THEIR_ROOM };
export const OUR_MEMBER: Asked = { by: { ...SOMEBODY, id: 'our-member', ids: ['our-member'] }, target: OUR_ROOM };
export const THEIR_MEMBER: Asked = { by: { ...SOMEBODY, id: 'their-member', ids: ['their-member'] }, target: THEIR_ROOM };

export type TwoSides = Awaited<ReturnType<typeof twoSides>>;

export async function twoSides() {
  const ours = await aChat({ facts: FACTS, now: NOW });
  const theirs = await aChat({ facts: FACTS, now: NOW, store: ours.store, platform: 'slack' });
  const begun = messageOf(await ours.command('plan new', { deadline: '54-KEN-stakeholder_submission' }, US)).fallbackText;
  const [whole] = await ours.store.teams.of({ platform: 'discord', installation: OUR_ROOM.installation });
  if (whole === undefined) throw new Error(`no plan was made: ${begun}`);
  const plan = whole.response.id;

  /** The code of a new offer. */
  async function offer(shows = 'titles'): Promise<string> {
    const text = messageOf(await ours.command('bridge offer', { plan, shows }, US)).fallbackText;
    const [code] = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(text) ?? [];
    if (code === undefined) throw new Error(`no code in: ${text}`);
    return code;
  }

  return {
    ours,
    theirs,
    store: ours.store,
    plan,
    offer,
    accept: (code: string, asked = THEM) => theirs.text('bridge accept', { code }, asked),
    /** A bridge that is open, with what each side sees. */
    share: async (shows = 'titles') => {
      const code = await offer(shows);
      return theirs.text('bridge accept', { code }, THEM);
    },
    passTo: (now: number) => {
      ours.passTo(now);
      theirs.passTo(now);
    },
    close: async () => {
      await theirs.close();
      await ours.close();
    },
  };
}

export const BEGUN_AT = NOW;

export async function withTwoSides<T>(use: (it: TwoSides) => Promise<T>): Promise<T> {
  const it = await twoSides();
  try {
    return await use(it);
  } finally {
    await it.close();
  }
}
