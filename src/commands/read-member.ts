/** An option that is a person. */
import type { Ask } from './asked.ts';
import { quoted } from './quote.ts';
import { textOf } from './read-options.ts';
import { UserError } from './user-error.ts';

/** `<@U123>`, `<@U123|anna>`, `<@!123>`; or the id alone, as a list gives it. */
const MENTION = /^<@!?([^|>]*)(?:\|[^>]*)?>$/;
/** What each platform calls a person; a role or a channel is called otherwise. */
const PERSON: Readonly<Record<string, RegExp>> = { discord: /^\d{1,20}$/, slack: /^[UW][A-Z0-9]{1,31}$/ };

/** The platform's id of a person; null when it was left out. @throws UserError for what is none. */
export function memberOf(ask: Ask, name: string): string | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const id = MENTION.exec(typed)?.[1] ?? typed;
  if (PERSON[ask.platform]?.test(id) === true) return id;
  throw new UserError(ask.words('option-error.member.unknown', { typed: quoted(typed), name }));
}
