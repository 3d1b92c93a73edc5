/** What is stored of a place where the bot is, for how long, and how it is erased. */
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { listItem, plainText, section } from './inline.ts';
import type { Action, Line, Message } from './message.ts';
import type { Words } from './words.ts';

/** What of it: the channel in which somebody asks, or all of its server or workspace. */
export type Extent = 'channel' | 'server';

export interface Stored {
  readonly channels: number;
  readonly follows: number;
  readonly alerts: number;
  readonly messages: number;
  /** Of all channels together. */
  readonly corrections: number;
  readonly plans: number;
  readonly tasks: number;
  readonly links: number;
}

export interface PrivacyAnswer {
  readonly platform: string;
  readonly stored: Readonly<Record<Extent, Stored>>;
  /** What who asks may erase. */
  readonly may: Readonly<Record<Extent, boolean>>;
}

/** What buttons ask for, as their ids. */
export type ActionIds = Readonly<Record<Extent, string>>;

/** In plain words, with how much it is; a button for each part that who asks may erase. */
export function formatPrivacy({ platform, stored, may }: PrivacyAnswer, ids: ActionIds, { words }: Voice): Message {
  const listed = (...keys: readonly string[]) => keys.map((key) => listItem(words.line(`privacy.${key}`, { platform }), words));
  const extents = ['channel', 'server'] as const;
  const others = extents.filter((extent) => !may[extent]).map((extent) => listItem(words.line(`privacy.right.${extent}`, { platform }), words));
  return message({
    tone: 'info',
    title: words('privacy.title'),
    body: [
      // That other channels follow something is nobody's business but of those who manage them all.
      ...extents.filter((extent) => extent === 'channel' || may[extent]).map((extent) => countsLine(extent, stored[extent], { platform, words })),
      ...section(words('privacy.what'), listed('follows', 'settings', 'alerts', 'corrections', 'plans', 'links', 'people', 'never')),
      ...section(words('privacy.how-long'), [...listed('until', 'removed', 'backups'), ...others]),
    ],
    actions: extents
      .filter((extent) => may[extent] && holdsAnything(stored[extent]))
      .map((extent): Action => ({ id: ids[extent], label: words(`privacy.button.${extent}`, { platform }), style: 'danger' })),
  });
}

export interface EraseQuestion {
  readonly platform: string;
  readonly extent: Extent;
  readonly stored: Stored;
}

/** What would be erased, with a way on and a way back. */
export function formatEraseQuestion(
  { platform, extent, stored }: EraseQuestion,
  ids: { readonly now: string; readonly back: string },
  { words }: Voice,
): Message {
  const anything = holdsAnything(stored);
  const consequences = ['ends', ...(stored.plans > 0 ? ['plans'] : []), 'posted', 'for-good'].map((key) =>
    listItem(plainText(words(`privacy.erase.${key}`)), words),
  );
  const now: Action = { id: ids.now, label: words('privacy.button.now'), style: 'danger' };
  return message({
    tone: 'warning',
    title: words(`privacy.erase.${extent}`, { platform }),
    body: [countsLine(extent, stored, { platform, words }), ...(anything ? consequences : [])],
    actions: [...(anything ? [now] : []), { id: ids.back, label: words('privacy.button.back'), style: 'secondary' }],
  });
}

/** How much was erased, and where to begin again. */
export function formatErased({ platform, extent, stored, scrubbed }: EraseQuestion & { readonly scrubbed: boolean }, { words }: Voice): Message {
  return message({
    tone: 'info',
    title: words('privacy.erased.title'),
    body: [
      countsLine(extent, stored, { platform, words }),
      plainText(words(scrubbed ? 'privacy.erased.gone' : 'privacy.erased.traces')),
      plainText(words('privacy.erased.backups')),
      plainText(words('privacy.erased.again')),
    ],
  });
}

function holdsAnything({ channels, follows, alerts, messages, corrections, plans }: Stored): boolean {
  return channels + follows + alerts + messages + corrections + plans > 0;
}

function countsLine(extent: Extent, stored: Stored, { platform, words }: { readonly platform: string; readonly words: Words }): Line {
  return words.line(`privacy.of-${extent}`, {
    platform,
    stored: holdsAnything(stored) ? words(`privacy.count.${extent}`, { ...stored }) : words('privacy.count.nothing'),
  });
}
