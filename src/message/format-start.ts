import { message } from './build.ts';
import type { NextAnswer, Voice } from './content.ts';
import { formatNext } from './format-next.ts';
import { link, listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';

/** What stands when the bot has started. */
export interface StartFacts {
  readonly next: NextAnswer;
  /** Platforms that post. */
  readonly running: readonly string[];
  /** Platforms that do not, each with the setting that it needs; null = a channel. */
  readonly idle: readonly { readonly platform: string; readonly needs: string | null }[];
  readonly channels: number;
  readonly subscriptions: number;
  /** The brake is on: nothing is posted. */
  readonly paused: boolean;
  /** Another process posts from the same database. */
  readonly standsBy: boolean;
  /** Where its pages are; null where it has none. */
  readonly page: string | null;
}

/** The operator's first message: what is next, what is unknown and where it would be published, what runs and why the rest does not. */
export function formatStart({ next, running, idle, channels, subscriptions, paused, standsBy, page }: StartFacts, voice: Voice): Message {
  const { words } = voice;
  const dates = formatNext(next, voice);
  const platforms: Line[] = [
    ...running.map((platform) => words.line('start.running', { platform })),
    ...idle.map(({ platform, needs }) => {
      const reason = needs === null ? words('start.idle.no-channel') : words('start.idle.no-setting', { setting: needs });
      return words.line('start.idle', { platform, reason });
    }),
  ];
  return message({
    tone: 'info',
    title: words('start.title'),
    body: [
      plainText(words('start.follows', { channels, subscriptions })),
      page === null ? [] : words.line('start.page', { link: link(page, page) }),
      paused ? plainText(words('start.paused')) : [],
      standsBy ? plainText(words('start.stands-by')) : [],
      ...section(dates.title, dates.body),
      ...section(
        words('start.platforms'),
        platforms.map((line) => listItem(line, words)),
      ),
    ],
    footer: plainText(words('start.stop')),
  });
}
