import type { Draft } from './build.ts';
import type { ContestedNotice, Notice, PausedNotice, TokenNotice, UnsayableNotice, Voice } from './content.ts';
import { dayInline, officialDate } from './dates.ts';
import { formatFeed, formatStale } from './format-operator-notice.ts';
import { bold, plainText } from './inline.ts';
import { stateName } from './names.ts';
import { sourceLinks } from './sources.ts';
import type { Words } from './words.ts';

/** What happened, that the rest goes on, and what to do. */
export function formatNotice(notice: Notice, voice: Voice): Draft {
  switch (notice.about) {
    case 'paused':
      return formatPaused(notice, voice);
    case 'token':
      return formatToken(notice, voice);
    case 'unsayable':
      return formatUnsayable(notice, voice);
    case 'feed':
      return formatFeed(notice, voice);
    case 'stale':
      return formatStale(notice, voice);
    case 'contested':
      return formatContested(notice, voice);
  }
}

function formatPaused(notice: PausedNotice, { reader, words }: Voice): Draft {
  const channel = onOneLine(notice.channel);
  const platform = platformName(notice, words);
  const rights = notice.missing.map(onOneLine).join(words('list.comma'));
  const count = notice.missing.length;
  return {
    tone: 'warning',
    title: reader.discreet ? words('notice.paused.discreet') : words('notice.paused.title', { channel }),
    body: [
      words.line(`notice.paused.why.${notice.reason}`, { channel, platform, count, rights }),
      plainText(words('notice.unsaid', { count: notice.unsaid })),
      plainText(words('notice.paused.elsewhere')),
      words.line(`notice.paused.to-do.${notice.reason}`, { count }),
    ],
  };
}

function formatToken(notice: TokenNotice, { words }: Voice): Draft {
  const platform = platformName(notice, words);
  return {
    tone: 'warning',
    title: words('notice.token.title', { platform }),
    body: [
      words.line('notice.token.body', { platform, lane: onOneLine(notice.lane) }),
      plainText(words('notice.token.waits')),
      words.line('notice.token.to-do'),
    ],
  };
}

function formatUnsayable(notice: UnsayableNotice, { reader, words }: Voice): Draft {
  const channel = onOneLine(notice.channel);
  return {
    tone: 'warning',
    title: reader.discreet ? words('notice.unsayable.discreet') : words('notice.unsayable.title', { channel }),
    body: [
      words.line(`notice.unsayable.why.${notice.why}`, { channel, platform: platformName(notice, words) }),
      plainText(words('notice.unsaid', { count: notice.unsaid })),
      plainText(words('notice.unsayable.fault')),
      words.line('notice.unsayable.to-do'),
    ],
  };
}

/** Both dates with their sources, which of them drives, and how it is settled. */
function formatContested(notice: ContestedNotice, voice: Voice): Draft {
  const { reader, words } = voice;
  const { kind, session, council, state, above, below, since } = notice;
  const sessionWho = session === null ? (council === null ? words('who.all') : words('who.council', { council })) : words('who.session', { session });
  const ofState = state === null ? sessionWho : words('names.of-session', { names: stateName(state, voice), session: session ?? 0 });
  const what = kind === 'session' ? words('notice.contested.session') : words(`kind.${kind}`);
  const subject = words('title.of', { who: ofState, what });
  const told = ({ when, source }: ContestedNotice['above']) => ({ date: officialDate({ when }, voice), source: sourceLinks(source, voice) });
  return {
    tone: 'warning',
    title: reader.discreet ? words('notice.contested.discreet') : words('notice.contested.title', { subject }),
    body: [
      ...(reader.discreet ? [[bold(subject)]] : []),
      words.line('notice.contested.above', told(above)),
      words.line('notice.contested.below', { ...told(below), since: dayInline(since, 'short', words) }),
      words.line('notice.contested.drives', { date: officialDate(notice[notice.drives], voice) }),
      words.line('notice.contested.to-do'),
    ],
  };
}

function platformName({ platform }: { readonly platform: string }, words: Words): string {
  return words('notice.platform', { platform: onOneLine(platform) });
}

/** A name with line breaks in it could pass for a line of the message. */
function onOneLine(name: string): string {
  return name.replace(/\s+/g, ' ').trim();
}
