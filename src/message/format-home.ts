/** The page that the bot has in a workspace: what comes next, and which channels follow what. */
import type { Selector } from '../domain/alerts/subscription.ts';
import { message } from './build.ts';
import type { NextAnswer, Voice } from './content.ts';
import { dateLine } from './date-line.ts';
import { wishText } from './format-follow.ts';
import { listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';

export interface HomeAnswer {
  readonly next: NextAnswer;
  /** Null for those whom it does not concern. */
  readonly follows: HomeFollows | null;
}

export interface HomeFollows {
  readonly channels: readonly HomeChannel[];
  /** Channels that follow something and are not named, as not everybody is to know of them. */
  readonly unnamed: number;
  /** Channels for which there is no room. */
  readonly more: number;
}

export interface HomeChannel {
  /** As its platform names it. */
  readonly id: string;
  readonly wishes: readonly Selector[];
}

/** Wishes that the line of a channel tells. */
const WISHES = 3;

export function formatHome({ next, follows }: HomeAnswer, voice: Voice): Message {
  const { words } = voice;
  const dates: Line[] = next.upcoming.map((group) => dateLine(group, 'named', voice));
  if (dates.length === 0) dates.push(plainText(words('next.none')));
  if (next.more > 0) dates.push(plainText(words('next.more', { count: next.more })));
  return message({
    tone: 'info',
    title: words('home.title'),
    body: [...section(words('home.next'), dates), ...(follows === null ? [] : section(words('home.follows'), followLines(follows, voice)))],
    footer: plainText(words('home.end')),
  });
}

function followLines({ channels, unnamed, more }: HomeFollows, voice: Voice): readonly Line[] {
  const { words } = voice;
  const lines: Line[] = channels.map((channel) => listItem(channelLine(channel, voice), words));
  if (more > 0) lines.push(plainText(words('home.more', { count: more })));
  if (unnamed > 0) lines.push(plainText(words('home.unnamed', { count: unnamed })));
  return lines.length > 0 ? lines : [plainText(words('home.nothing'))];
}

function channelLine({ id, wishes }: HomeChannel, voice: Voice): Line {
  const { words } = voice;
  const told = wishes.slice(0, WISHES).map((wish) => wishText(wish, voice));
  const channel = { type: 'channel', id, text: words('home.channel-name', { id }) } as const;
  return words.line('home.channel', { channel, wishes: told.join(words('separator')), more: wishes.length - told.length });
}
