/** What a channel follows, in words: what it asked for, what it will hear, and what it hears no more. */
import { presetOf } from '../domain/alerts/preset.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import { message } from './build.ts';
import type { FollowedAnswer, FollowingAnswer, Hearing, UnfollowedAnswer, Voice } from './content.ts';
import { passedLine } from './date-line.ts';
import { zoneName } from './days.ts';
import { mutedLine } from './format-mute.ts';
import { bold, listItem, plainText, section } from './inline.ts';
import type { Line, Message } from './message.ts';
import { momentValues } from './moments.ts';
import { stateList } from './names.ts';
import { unknownLines } from './unknown-lines.ts';

/** Lines of a greeting on what is not published; `/upr next` tells all. */
const UNPUBLISHED = 6;
/** Wishes that an answer of one page lists. */
const WISHES = 12;

/** `all dates; Kenya; session 54`. */
export function wishText(wish: Selector, voice: Voice): string {
  const { words } = voice;
  const { states, regions, sessions, audiences } = wish;
  const comma = words('list.comma');
  const who = [...(states === null ? [] : [stateList(states, voice)]), ...(regions ?? []).map((region) => words(`region.${region}`))];
  const parts = [whatOf(wish, voice), who.length === 0 ? words('wish.all-states') : who.join(comma)];
  if (sessions !== null) parts.push(sessions.map((session) => words('wish.session', { session })).join(comma));
  if (audiences !== null) parts.push(audiences.map((audience) => words(`audience.${audience}`)).join(comma));
  return parts.join(words('wish.separator'));
}

function whatOf(wish: Selector, { words }: Voice): string {
  const { kinds } = wish;
  const preset = presetOf(wish);
  if (preset !== null) return words(`wish.${preset}`);
  return (kinds ?? []).map((kind) => words(`kind.${kind}`)).join(words('list.comma'));
}

/** The greeting: what is followed, what will be sent and when, what comes next and what is not published, in few words. */
export function formatFollowed(answer: FollowedAnswer, voice: Voice): Message {
  const { words } = voice;
  const { wish, again, next } = answer;
  const { upcoming, unknown } = next;
  const naming = wish.states?.length === 1 ? 'implied' : 'named';
  const dates = upcoming.map((group) => passedLine(group, naming, voice));
  const unpublished = unknownLines(unknown, naming, voice);
  const without = wish.news !== undefined ? 'followed.participation-now' : unknown.length > 0 ? 'followed.unpublished' : 'followed.no-dates';
  const opening = [again ? 'followed.nothing-changed' : null, upcoming.length > 0 ? null : without];
  return message({
    tone: 'info',
    title: words(again ? 'followed.again' : 'followed.title'),
    body: [
      [bold(wishText(wish, voice))],
      ...opening.filter((key) => key !== null).map((key) => plainText(words(key))),
      ...placeLines(answer, voice),
      ...section(words('followed.will-send'), willSend(answer, voice)),
      ...section(words('followed.next'), dates),
      ...section(words('unknown.heading'), unpublished.slice(0, UNPUBLISHED)),
    ],
    footer: plainText(words('followed.end')),
  });
}

/** What of the channel itself is good to know now: who reads there, and what could keep it from hearing. */
function placeLines({ unchecked, everyoneReads, discreet, mute }: FollowedAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  const lines: Line[] = [];
  if (everyoneReads) lines.push(words.line('followed.everyone-reads', { discreet: discreet ? 'yes' : 'no' }));
  if (unchecked) lines.push(plainText(words('followed.unchecked')));
  if (mute !== null) lines.push(mutedLine(mute, voice));
  return lines;
}

function willSend({ wish, timing, first, messages }: Pick<FollowedAnswer, 'wish' | 'timing' | 'first' | 'messages'>, voice: Voice): readonly Line[] {
  const { words } = voice;
  if (wish.news !== undefined) return [listItem(plainText(words('followed.participation')), words)];
  const lines: Line[] = [hearingLine(timing, voice), plainText(words('followed.changes'))];
  if (first === null) lines.push(plainText(words('followed.none-due')));
  else lines.push(words.line('followed.first', { ...momentValues(first, timing.zone, words), count: messages }));
  return lines.map((line) => listItem(line, words));
}

function hearingLine({ zone, hour }: Hearing, { words, reader }: Voice): Line {
  return words.line('followed.hour', { time: hour, zone: zoneName(zone, reader.now, words) });
}

export function formatFollowing({ wishes, paused, timing, mute }: FollowingAnswer, voice: Voice): Message {
  const { words } = voice;
  const none = wishes.length === 0;
  const lines = wishes.map((wish, index) => words.line('following.line', { number: index + 1, wish: wishText(wish, voice) }));
  return message({
    tone: 'info',
    title: words('following.title'),
    body: [
      ...(none ? [plainText(words('following.nothing'))] : lines),
      ...(mute === null ? [] : [mutedLine(mute, voice)]),
      ...section(words('following.paused'), listed(paused, voice)),
    ],
    footer: wishes.every(({ news }) => news !== undefined) ? [] : hearingLine(timing, voice),
  });
}

export function formatUnfollowed({ ended, left }: UnfollowedAnswer, voice: Voice): Message {
  const { words } = voice;
  return message({ tone: 'info', title: words('unfollowed.title'), body: [...listed(ended, voice), plainText(words('unfollowed.left', { count: left }))] });
}

function listed(wishes: readonly Selector[], voice: Voice): readonly Line[] {
  const { words } = voice;
  const lines = wishes.slice(0, WISHES).map((wish) => listItem(plainText(wishText(wish, voice)), words));
  return wishes.length > WISHES ? [...lines, plainText(words('followed.more', { count: wishes.length - WISHES }))] : lines;
}
