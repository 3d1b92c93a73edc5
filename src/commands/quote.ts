/** What a person typed, made fit to be shown again: without invisible marks, and short. */

const LONGEST = 60;
const ELLIPSIS = '…';

/** At most so many characters, cut between whole characters. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, longest * 2))) {
    if (kept.length + segment.length + ELLIPSIS.length > longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
}

export function quoted(typed: string): string {
  return clip(oneLine(typed.slice(0, LONGEST * 10)), LONGEST);
}

/** Marks that turn the direction of a text, zero-width ones and line breaks are left out, so that it cannot disguise itself. */
export function oneLine(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
}
