/** Slack's markup: which tokens it has, what a reader sees of it, whom it names, and what is no markup at all. Source: docs.slack.dev, formatting-message-text. */

export interface Mention {
  readonly kind: 'user' | 'usergroup' | 'broadcast';
  readonly id: string;
}

interface Token {
  /** What a reader sees. */
  readonly shown: string;
  readonly mention?: Mention;
  readonly flaw?: string;
}

const PIECE = /<([^<>]*)>|&(?:amp|lt|gt);|[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const DATE_PARTS =
  /^\{(?:date_num|date_slash|date|date_short|date_long|date_long_full|date_pretty|date_short_pretty|date_long_pretty|time|time_secs|ago|day_divider_pretty)\}$/;
const BOUNDED = (mark: string) => new RegExp(`(?<=^|[\\s(\\[{"'.,:;!?*_~-])\\${mark}(\\S(?:[^\\n]*?\\S)?)\\${mark}(?=$|[\\s)\\]}"'.,:;!?*_~-])`, 'gm');
const MARKS = ['*', '_', '~'].map(BOUNDED);

const unescaped = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);

function dateToken(body: string): Token {
  const found = /^!date\^(\d+)\^([^^|]+)(?:\^(https?:\/\/[^|]+))?(?:\|(.*))?$/s.exec(body);
  if (found === null) return { shown: `<${body}>`, flaw: 'A date that Slack cannot read' };
  const [, , format = '', url, fallback = ''] = found;
  const parts = format.match(/\{[^}]*\}/g) ?? [];
  const shown = url === undefined ? unescaped(fallback) : `${unescaped(fallback)} (${unescaped(url)})`;
  if (fallback.trim() === '') return { shown, flaw: 'A date needs a fallback' };
  if (parts.length === 0 || parts.some((part) => !DATE_PARTS.test(part))) return { shown, flaw: `A date has no format ${format}` };
  return { shown };
}

/** What stands between angle brackets. */
function tokenOf(body: string): Token {
  const [head = '', label] = body.split(/\|(.*)/s);
  const said = label === undefined ? undefined : unescaped(label);
  const user = /^@([UW][A-Z0-9]+)$/.exec(head)?.[1];
  if (user !== undefined) return { shown: `@${said ?? user}`, mention: { kind: 'user', id: user } };
  const group = /^!subteam\^(S[A-Z0-9]+)$/.exec(head)?.[1];
  if (group !== undefined) return { shown: `@${said ?? group}`, mention: { kind: 'usergroup', id: group } };
  const range = /^!(channel|here|everyone)$/.exec(head)?.[1];
  if (range !== undefined) return { shown: `@${range}`, mention: { kind: 'broadcast', id: range } };
  const channel = /^#([CG][A-Z0-9]+)$/.exec(head)?.[1];
  if (channel !== undefined) return { shown: `#${said ?? channel}` };
  if (body.startsWith('!date')) return dateToken(body);
  if (/^(?:https?:\/\/|mailto:)\S+$/.test(head) && said?.trim() !== '') return { shown: said === undefined ? unescaped(head) : `${said} (${unescaped(head)})` };
  return { shown: `<${body}>`, flaw: `<${body}> is no markup of Slack; < and > have to be escaped` };
}

function piecesOf(text: string): readonly Token[] {
  return [...text.matchAll(PIECE)].map(([written, body]) => {
    if (body !== undefined) return tokenOf(body);
    const entity = ENTITIES[written];
    return entity === undefined ? { shown: written, flaw: `${written} has to be escaped` } : { shown: entity };
  });
}

/** What is wrong with a text that Slack reads as markup. */
export function flawsOfMrkdwn(text: string): readonly string[] {
  const labels = [...text.matchAll(/<[^<>|]*\|([^<>]*)>/g)].flatMap(([, label = '']) => (/&(?!amp;|lt;|gt;)/.test(label) ? ['& has to be escaped'] : []));
  return [...piecesOf(text).flatMap(({ flaw }) => flaw ?? []), ...labels];
}

export function mentionsIn(text: string): readonly Mention[] {
  return piecesOf(text).flatMap(({ mention }) => mention ?? []);
}

/** What a reader sees. */
export function readMrkdwn(text: string): string {
  const pieces = piecesOf(text);
  let at = 0;
  // What a token shows is set aside, so that no mark is looked for in an address.
  const bare = text.replace(PIECE, () => `\uE000${at++}\uE000`);
  const plain = MARKS.reduce((shown, mark) => shown.replace(mark, '$1'), bare.replace(/```\n?([\s\S]*?)```/g, '$1').replace(/`([^`\n]+)`/g, '$1'));
  return plain.replace(/\uE000(\d+)\uE000/g, (_, index: string) => pieces[Number(index)]?.shown ?? '');
}
