/** How a channel hears, in words: all of it, or what was changed and what follows from that. */
import { message } from './build.ts';
import type { ChannelSettings, SettingsAnswer, SettledAnswer, Voice } from './content.ts';
import { instantLine } from './dates.ts';
import { zoneName } from './days.ts';
import { muteInLine } from './format-mute.ts';
import { joinLines, listItem, plainText, section } from './inline.ts';
import type { Inline, Line, Message } from './message.ts';
import type { Words } from './words.ts';

type Say = (settings: ChannelSettings, voice: Voice, platform: string) => Line;

/** Each setting and how its value is said, in the order they are shown. */
const SETTINGS: Readonly<Record<string, Say>> = {
  zone: ({ zone }, { words, reader }) => plainText(words('setting-value.zone', { zone, name: zoneName(zone, reader.now, words) })),
  language: ({ locale }, { words }) => plainText(languageName(locale, words.locale)),
  'alert-hour': ({ hour }) => plainText(hour),
  'quiet-hours': ({ quiet }, { words }) =>
    plainText(quiet === null ? words('setting-value.none') : words('setting-value.quiet', { from: quiet.from, to: quiet.to })),
  ladder: ({ ladder }) => plainText(ladder),
  digest: ({ digest }, { words }) =>
    plainText(
      digest === null
        ? words('setting-value.none')
        : words('setting-value.digest', { weekday: words('weekday', { weekday: String(digest.day) }), time: digest.hour }),
    ),
  'mention-role': ({ mentionRole }, { words }) => (mentionRole === null ? plainText(words('setting-value.nobody')) : [whoInline(mentionRole, words)]),
  'manage-role': ({ managers }, { words }, platform) => {
    const named = managers.map((id): Line => [whoInline(id, words)]);
    return joinLines([...named, plainText(words('setting-value.by-right', { platform }))], words('list.comma'));
  },
  discreet: ({ discreet }, { words }) => plainText(words(discreet ? 'setting-value.discreet' : 'setting-value.open')),
  'team-role': ({ teamRole }, { words }) => (teamRole === null ? plainText(words('setting-value.whole-channel')) : [whoInline(teamRole, words)]),
  'keep-plans': ({ keepDays }, { words }) => plainText(words('setting-value.days', { count: keepDays })),
  mute: ({ mute }, voice) => (mute === null ? plainText(voice.words('setting-value.not-muted')) : muteInLine(mute, voice)),
};

/** A language in the words of another, or its code where nobody named it. */
export function languageName(locale: string, inLocale: string): string {
  try {
    return new Intl.DisplayNames([inLocale], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale; // not a language tag, such as one with an underscore
  }
}

/** A role, or a person where a platform says so in the id (Slack: U and W). */
function whoInline(id: string, words: Words): Inline {
  const isPerson = /^[UW]/i.test(id);
  return { type: isPerson ? 'user' : 'role', id, text: words(isPerson ? 'setting-value.person' : 'setting-value.role', { id }) };
}

export function formatSettings({ settings, defaults, platform }: SettingsAnswer, voice: Voice): Message {
  const { words } = voice;
  const lines = Object.entries(SETTINGS).map(([name, say]) => {
    const value = say(settings, voice, platform);
    const isDefault = isSame(value, say(defaults, voice, platform));
    return listItem(words.line(isDefault ? 'settings.default' : 'settings.line', { name: words(`setting.${name}`), value }), words);
  });
  return message({ tone: 'info', title: words('settings.title'), body: lines, footer: plainText(words('settings.how')) });
}

export function formatSettled(answer: SettledAnswer, voice: Voice): Message {
  const { words } = voice;
  const { before, after, platform } = answer;
  const changed = Object.entries(SETTINGS).flatMap(([name, say]) => {
    const [old, value] = [say(before, voice, platform), say(after, voice, platform)];
    return isSame(old, value) ? [] : [{ name, line: words.line('settings.changed', { name: words(`setting.${name}`), old, value }) }];
  });
  const names = new Set(changed.map(({ name }) => name));
  const nothing = changed.length === 0;
  return message({
    tone: 'info',
    title: words(nothing ? 'settings.nothing-changed' : 'settings.settled'),
    body: [
      ...(nothing ? [plainText(words('settings.same'))] : changed.map(({ line }) => listItem(line, words))),
      ...section(
        words('settings.follows'),
        followsFrom(names, answer, voice).map((line) => listItem(line, words)),
      ),
    ],
    footer: plainText(words('settings.all')),
  });
}

/** What whoever asked may want to know of what they changed. */
function followsFrom(changed: ReadonlySet<string>, { after, platform, nextDigest, shutOut }: SettledAnswer, { words, ...rest }: Voice): readonly Line[] {
  const has = (...names: readonly string[]) => names.some((name) => changed.has(name));
  const lines: Line[] = [];
  if (has('zone', 'alert-hour', 'ladder')) lines.push(plainText(words('settings.counted-anew')));
  if (has('digest', 'zone', 'mute') && nextDigest !== null) lines.push(words.line('settings.next-digest', { at: instantLine(nextDigest, { words, ...rest }) }));
  if (has('quiet-hours') && after.quiet !== null) lines.push(plainText(words('settings.quiet')));
  if (has('mention-role') && after.mentionRole !== null) lines.push(plainText(words('settings.mentioned', { platform })));
  if (has('discreet') && after.discreet) lines.push(plainText(words('settings.discreet')));
  if (has('mute') && after.mute === null) lines.push(plainText(words('unmute.waited')));
  if (shutOut) lines.push(plainText(words('settings.shut-out')));
  return lines;
}

function isSame(a: Line, b: Line): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
