import type { Day, Instant, Zone } from '../domain/time.ts';

/** What a message is about, for a colour or a sign; never the only carrier of a meaning. */
export type Tone = 'info' | 'soon' | 'today' | 'change' | 'warning' | 'quiet';

/**
 * A piece of a line. Free text is never markup: a renderer escapes every `text`. `day` and `range` are official dates
 * and are never sent in a form that a platform would move to the reader's zone; `instant` may be.
 */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bold'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly url: string }
  | { readonly type: 'instant'; readonly at: Instant; readonly text: string }
  | { readonly type: 'day'; readonly day: Day; readonly zone: Zone; readonly text: string }
  | { readonly type: 'range'; readonly from: Day; readonly to: Day; readonly text: string }
  | { readonly type: 'user'; readonly id: string; readonly text: string }
  | { readonly type: 'role'; readonly id: string; readonly text: string }
  | { readonly type: 'channel'; readonly id: string; readonly text: string };

/** One line or paragraph. */
export type Line = readonly Inline[];

export interface Field {
  readonly name: string;
  readonly value: Line;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Line[])[];
}

/** A button. */
export interface Button {
  readonly id: string;
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'danger';
}

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** A list of which one is chosen; the label stands in it until then. Platforms show the first {@link MOST_CHOICES}. */
export interface Select {
  readonly id: string;
  readonly label: string;
  readonly style: 'select';
  readonly choices: readonly Choice[];
}

export const MOST_CHOICES = 25;

export type Action = Button | Select;

/** What the bot says, before any platform. `fallbackText` is the whole of it as plain text, for lock screens and screen readers. */
export interface Message {
  readonly tone: Tone;
  readonly title: string;
  readonly body: readonly Line[];
  readonly fields: readonly Field[];
  readonly table?: Table;
  readonly actions: readonly Action[];
  readonly footer: Line;
  readonly fallbackText: string;
}
