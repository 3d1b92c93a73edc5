/** Two teams that share a plan: the offer with its code, what is asked before it is taken, and what is left at the end. */
import type { Shows } from '../domain/team/response.ts';
import type { Instant } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { instantLine } from './dates.ts';
import { bold, listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import type { Words } from './words.ts';

export interface OfferedAnswer {
  readonly platform: string;
  readonly title: string;
  /** The name of the plan in commands. */
  readonly plan: string;
  /** As people read it to each other. */
  readonly code: string;
  readonly until: Instant;
  readonly shows: Shows;
}

/** The only place where the code is ever shown. */
export function formatOffered({ platform, title, plan, code, until, shows }: OfferedAnswer, voice: Voice): Message {
  const { words } = voice;
  return message({
    tone: 'info',
    title: words('bridge.offered.title', { title }),
    body: [
      words.line('bridge.offered.code', { code: [bold(code)], until: instantLine(until, voice) }),
      plainText(words('bridge.offered.how', { code })),
      ...listed([plainText(words(`bridge.offered.${shows}`)), plainText(words('bridge.never')), plainText(words('bridge.operator', { platform }))], words),
    ],
    footer: plainText(words('bridge.ends', { plan })),
  });
}

function listed(lines: readonly Line[], words: Words): readonly Line[] {
  return lines.map((line) => listItem(line, words));
}

export interface SharedPlan {
  readonly platform: string;
  /** Null where the other side shows no titles. */
  readonly title: string | null;
  readonly plan: string;
  readonly tasks: number;
}

/** Asked before the card stands where everybody reads it, or where nobody knows who does. */
export function formatTakeQuestion({ platform, title, tasks }: SharedPlan, ids: { readonly take: string; readonly leave: string }, { words }: Voice): Message {
  return message({
    tone: 'warning',
    title: words('bridge.question.title'),
    body: [plainText(words('bridge.question.who', { platform })), nameLine(title, tasks, words), plainText(words('bridge.question.code'))],
    actions: [
      { id: ids.take, label: words('bridge.button.take'), style: 'primary' },
      { id: ids.leave, label: words('bridge.button.leave'), style: 'secondary' },
    ],
  });
}

function nameLine(title: string | null, tasks: number, words: Words): Line {
  return title === null ? plainText(words('bridge.unnamed', { count: tasks })) : plainText(words('bridge.named', { title, count: tasks }));
}

/** Nothing was taken. */
export function formatLeft({ words }: Voice): Message {
  return message({ tone: 'info', title: words('bridge.left.title'), body: [plainText(words('bridge.left.where'))] });
}

export function formatTaken({ platform, title, plan, tasks }: SharedPlan, { words }: Voice): Message {
  return message({
    tone: 'info',
    title: words('bridge.taken.title'),
    body: [
      nameLine(title, tasks, words),
      plainText(words('bridge.taken.card')),
      ...listed([plainText(words('bridge.taken.seen')), plainText(words('bridge.never')), plainText(words('bridge.operator', { platform }))], words),
    ],
    footer: plainText(words('bridge.ends', { plan })),
  });
}

export interface EndedAnswer {
  readonly as: 'owner' | 'partner';
  /** True for an offer that nobody had taken. */
  readonly withdrawn: boolean;
  /** The plan that the partner keeps; null where it keeps none. */
  readonly copy: string | null;
  /** Tasks that nobody has any more. */
  readonly freed: number;
}

export function formatBridgeEnded({ as, withdrawn, copy, freed }: EndedAnswer, { words }: Voice): Message {
  const shared = as === 'owner' ? 'bridge.ended.copy-owner' : 'bridge.ended.copy-partner';
  const kept = copy === null ? 'bridge.ended.no-copy' : shared;
  const lines = withdrawn ? ['bridge.ended.code'] : ['bridge.ended.apart', kept, ...(as === 'owner' ? ['bridge.ended.freed'] : [])];
  return message({
    tone: 'info',
    title: words(withdrawn ? 'bridge.ended.withdrawn' : 'bridge.ended.title'),
    body: lines.map((key) => plainText(words(key, { plan: copy ?? '', count: freed }))),
  });
}
