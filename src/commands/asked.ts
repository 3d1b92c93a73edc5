/** One question as a command sees it: who asks, where, what is known, and in which words to answer. */
import type { Asker, Options, Request, Standing, Target } from '../adapters/adapter.ts';
import type { DigestTime } from '../domain/alerts/digest.ts';
import type { Ladder } from '../domain/alerts/ladder.ts';
import type { Timing } from '../domain/alerts/moment.ts';
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { type Corrected, type Correction, type OwnSources, withSources } from '../domain/calendar/team.ts';
import type { Bridgework } from '../domain/team/bridgework.ts';
import type { LengthLimits } from '../domain/team/length.ts';
import type { Teamwork } from '../domain/team/teamwork.ts';
import type { Template } from '../domain/team/template.ts';
import { type Instant, isZone } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Voice } from '../message/content.ts';
import type { Message } from '../message/message.ts';
import type { Words } from '../message/words.ts';
import type { Channel, NewChannel, Place, Store } from '../store/store.ts';

/** How a channel hears when nothing else was set for it. */
export interface ChannelDefaults {
  readonly timing: Timing & { readonly ladder: string };
  readonly quiet: QuietHours | null;
  readonly digest: DigestTime | null;
  readonly locale: string;
}

/** How a channel is to hear, how it did before, and when that was decided. */
export interface Settling {
  readonly channel: NewChannel;
  readonly old: Channel | null;
  readonly now: Instant;
}

/** The calendar as an installation sees it, with its own corrections. */
export interface SeenViews {
  of(place: Place): { readonly picture: Picture; readonly sources: OwnSources };
  /** Whether it sees this date otherwise than all. */
  isOwn(place: Place, deadline: string): boolean;
}

/** A correction for one installation; null withdraws the one there is. */
export interface Correcting {
  readonly place: Place;
  readonly deadline: string;
  readonly correction: Correction | null;
  readonly now: Instant;
}

export interface CommandDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly facts: () => CalendarFacts;
  readonly recall: (now: Instant) => Promise<{ readonly picture: Picture; readonly views: SeenViews }>;
  readonly words: (locale: string) => Words;
  readonly now: () => Instant;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly defaults: ChannelDefaults;
  /** The languages that there are words in. */
  readonly locales: readonly string[];
  /** Where people open what is on the web, without a slash at the end; null where nobody outside can. */
  readonly pages: string | null;
  readonly laneOf: (platform: string, installation: string) => string;
  /** Stores how a channel hears and what follows at once, inside a transaction of its own. */
  readonly settle: (store: Store, settling: Settling) => Promise<void>;
  /** What was posted in a channel says that it is silent now, until then; inside a transaction. */
  readonly silenced: (store: Store, channel: string, silence: { readonly until: Instant | null; readonly now: Instant }) => Promise<void>;
  /** Called after a channel came to be or has other times, so that the planner counts with them. */
  readonly channelsChanged: () => void;
  /** Makes a correction what its installation sees. */
  readonly correct: (correcting: Correcting) => Promise<Corrected>;
  /** Sharing plans with other installations. */
  readonly bridges: Bridgework;
  /** What changes plans of teams. */
  readonly teamwork: Teamwork;
  /** Plans that can be begun, by their ids. */
  readonly templates: ReadonlyMap<string, Template>;
  readonly limits: LengthLimits;
  /** What the bot may do in a place; null where its platform does not say now. */
  readonly standingIn: (platform: string, target: Target) => Promise<Standing | null>;
}

export interface Ask {
  readonly deps: CommandDeps;
  readonly now: Instant;
  /** With the sources that the installation of who asks named. */
  readonly facts: CalendarFacts;
  /** As the installation of who asks sees it. */
  readonly picture: Picture;
  /** As all others see it. */
  readonly shared: Picture;
  readonly views: SeenViews;
  readonly place: Place;
  readonly platform: string;
  readonly target: Target;
  /** The id of the channel in the store. */
  readonly channelId: string;
  /** Null until something is followed there. */
  readonly channel: Channel | null;
  readonly by: Asker;
  readonly options: Options;
  readonly voice: Voice;
  readonly words: Words;
}

/** A command with its options as their readers give them, so that a button can ask it. */
export interface Question {
  readonly command: string;
  readonly options: Options;
}

export interface Answer {
  readonly message: Message;
  readonly audience: 'asker' | 'channel';
  /** What is asked again for another page; null = the answer is always one page. */
  readonly again: Question | null;
  /** What is asked to show it to the channel; the same as `again` when left out, null = nothing to share. */
  readonly share?: Question | null;
  /** Of what a button does: said beside the message in which it was pressed, which stays as it is; else in its place. */
  readonly beside?: boolean;
}

export type Run = (ask: Ask) => Promise<Answer>;

export function channelIdOf(platform: string, { installation, channel, thread }: Target): string {
  return `${platform}:${installation}/${channel}${thread === undefined ? '' : `/${thread}`}`;
}

/** @param audience who reads the answer: the channel's own language, zone and discretion count where all of it does. */
export async function askOf(deps: CommandDeps, request: Request, { options, audience }: { options: Options; audience: 'asker' | 'channel' }): Promise<Ask> {
  const { platform, target, by } = request;
  const now = deps.now();
  const channelId = channelIdOf(platform, target);
  const [channel = null] = await deps.store.subscriptions.channelsBy([channelId]);
  const place = { platform, id: target.installation };
  const { picture: shared, views } = await deps.recall(now);
  const { picture, sources } = views.of(place);
  const facts = withSources(deps.facts(), sources);
  const ask = { deps, now, facts, picture, shared, views, place, platform, target, channelId, channel, by, options };
  const voice = audience === 'asker' ? voiceToAsker(ask) : voiceAloud(ask);
  return { ...ask, voice, words: voice.words };
}

type Spoken = Pick<Ask, 'deps' | 'now' | 'facts' | 'channel' | 'by'>;

function voiceToAsker({ deps, now, facts, channel, by }: Spoken): Voice {
  const words = wordsFor(deps, by.locale);
  const zone = by.zone !== null && isZone(by.zone) ? by.zone : (channel?.profile.zone ?? deps.defaults.timing.zone);
  return { words, reader: { now, zone, locale: words.locale, discreet: false, mentionRole: null, facts } };
}

/** For what everybody in the channel reads. */
export function voiceAloud({ deps, now, facts, channel }: Spoken): Voice {
  const words = wordsFor(deps, channel?.locale ?? deps.defaults.locale);
  const zone = channel?.profile.zone ?? deps.defaults.timing.zone;
  return { words, reader: { now, zone, locale: words.locale, discreet: channel?.discreet ?? false, mentionRole: null, facts } };
}

/** `fr` and `fr-CH` ask for the same words. */
export function wordsFor({ words }: Pick<CommandDeps, 'words'>, locale: string): Words {
  return words(locale.split(/[-_]/)[0] ?? locale);
}

/** Options that were given, as texts. */
export function given(options: Readonly<Record<string, string | number | null | undefined>>): Options {
  return Object.fromEntries(Object.entries(options).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)]])));
}
