/** Where facts come from, and when somebody last looked. */
import type { Source, SourceId } from '../domain/calendar/facts.ts';
import { isStale } from '../domain/calendar/stale.ts';
import type { Day } from '../domain/time.ts';
import type { Voice } from './content.ts';
import { type Dated, dayInline } from './dates.ts';
import { joinLines, link, plainText } from './inline.ts';
import type { Inline, Line } from './message.ts';

const SOURCES_IN_A_LINE = 3;

/** What sourced lines are told from. A deadline is one; so is an event of a review. */
export interface Sourced {
  readonly source: readonly SourceId[];
  readonly checked: Day | null;
}

/** The short name of a site, as people say it: `ohchr.org`. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') || url : url;
}

/** A source as people call it: its name, or that of its site. */
function labelOf(source: Source): string {
  return source.name ?? hostOf(source.url);
}

/** `upr-info.org, ohchr.org`: links alone, for the inside of a sentence. What the reader's own team named says so. */
export function sourceLinks(ids: readonly SourceId[], voice: Voice): Line {
  return listed(ids, voice, (label, { byTeam }) => (byTeam ? voice.words.line('source.by-team', { link: label }) : [label]));
}

/** `ohchr.org (official), upr-info.org (UPR Info)`. */
export function sourcesWithClass(ids: readonly SourceId[], voice: Voice): Line {
  return listed(ids, voice, (label, source) => {
    const sourceClass = voice.words(`source.class.${source.class}`);
    return voice.words.line(source.byTeam ? 'source.one-by-team' : 'source.one', { link: label, class: sourceClass });
  });
}

/** How many different sites (by class) some sources are. */
function countSites(ids: readonly SourceId[], { reader }: Voice): number {
  return new Set(ids.flatMap((id) => reader.facts.sources.get(id) ?? []).map((source) => `${labelOf(source)} ${source.class}`)).size;
}

function listed(ids: readonly SourceId[], voice: Voice, tell: (label: Inline, source: Source) => Line): Line {
  const lines = new Map<string, Line>();
  for (const id of ids) {
    const source = voice.reader.facts.sources.get(id);
    if (source !== undefined) lines.set(`${labelOf(source)} ${source.class} ${source.byTeam}`, tell(link(labelOf(source), source.url), source));
  }
  if (lines.size === 0) return plainText(voice.words('source.none'));
  const all = joinLines([...lines.values()].slice(0, SOURCES_IN_A_LINE), voice.words('list.comma'));
  return lines.size > SOURCES_IN_A_LINE ? voice.words.line('source.more', { sources: all, count: lines.size - SOURCES_IN_A_LINE }) : all;
}

/** `checked 24 November 2026`; for something still ahead that was not looked at for long, `status unknown since …`. */
export function checkedLine(sourced: Sourced & Partial<Dated>, voice: Voice): Line {
  const { words, reader } = voice;
  if (sourced.checked === null) return words.line('source.never');
  const day = dayInline(sourced.checked, 'short', words);
  return words.line(isStale(sourced, reader.now) ? 'source.stale' : 'source.checked', { day });
}

/** The footer of a message: every source with its class, and the oldest check, a stale one first. */
export function sourceFooter(facts: readonly (Sourced & Partial<Dated>)[], voice: Voice): Line {
  const ids = facts.flatMap((fact) => fact.source);
  const byCheck = [...facts].sort((a, b) => (a.checked ?? '').localeCompare(b.checked ?? ''));
  const oldest = byCheck.find((fact) => isStale(fact, voice.reader.now)) ?? byCheck[0];
  const checked = oldest === undefined ? voice.words.line('source.never') : checkedLine(oldest, voice);
  return voice.words.line('source.footer', { count: countSites(ids, voice), sources: sourcesWithClass(ids, voice), checked });
}
