import { isNewsWished, wishesOf } from '../domain/alerts/wish.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type Change, isPosted } from '../domain/calendar/diff.ts';
import { type Correction, MOST_CORRECTIONS, ownSource, withSources } from '../domain/calendar/team.ts';
import { whenKey } from '../domain/calendar/when.ts';
import { dayOf, GENEVA } from '../domain/time.ts';
import type { Voice } from '../message/content.ts';
import { type CorrectedAnswer, formatCorrected } from '../message/format-correct.ts';
import type { Answer, Ask, Run } from './asked.ts';
import { deedId } from './buttons.ts';
import type { Deed } from './deeds.ts';
import { certaintyOf, dateOf, linkOf, noteOf } from './read-correction.ts';
import { deadlineOf, required } from './read-options.ts';
import { UserError } from './user-error.ts';

/** What stands for a source when nobody wrote a note. */
const SAYS = 'a date that a team corrected in its chat';

/** The button that withdraws the correction of a date. */
export function withdrawId(deadline: string): string {
  return deedId('correct', 'withdraw', deadline);
}

/** Another value for one date, seen by the installation of who asks alone. Back to what all see withdraws it. */
export const runCorrect: Run = async (ask) => {
  const deadline = required(deadlineOf(ask), 'deadline', ask);
  const asked = correctionOf(ask, deadline);
  const { correction } = asked;
  const shared = ask.shared.deadlines.get(deadline.id) ?? null;
  const own = await ownOf(ask, deadline.id);
  if (isSame(correction, shared)) {
    if (own === null) throw new UserError(ask.words('correct.same'));
    return withdraw(ask, deadline);
  }
  if (own !== null && isSame(correction, own) && own.source.url === correction.source.url && own.note === correction.note)
    throw new UserError(ask.words('correct.same'));
  return answer(ask, { before: deadline, correction, lowered: asked.lowered });
};

export const CORRECT_DEEDS: Readonly<Record<string, Deed>> = {
  withdraw: {
    needs: 'channel',
    takesArgument: true,
    run: (ask) => withdraw(ask, required(deadlineOf({ ...ask, options: { deadline: ask.argument } }), 'deadline', ask)),
  },
};

function withdraw(ask: Ask, before: Deadline): Promise<Answer> {
  return answer(ask, { before, correction: null, lowered: false });
}

/** @throws UserError for a date that cannot be corrected, or what cannot be read. */
function correctionOf(ask: Ask, { id, session, state, kind, when }: Deadline): { readonly correction: Correction; readonly lowered: boolean } {
  if (session === null) throw new UserError(ask.words('correct.not-here'));
  const date = required(dateOf(ask, when.zone), 'date', ask);
  const asked = required(certaintyOf(ask), 'certainty', ask);
  const note = noteOf(ask);
  const source = ownSource(required(linkOf(ask), 'source', ask), note ?? SAYS, ask.facts.sources.values());
  const lowered = asked === 'published' && source.class !== 'official';
  const certainty = lowered ? 'tentative' : asked;
  return { correction: { deadline: id, session, state, kind, when: date, certainty, source, note, made: dayOf(ask.now, GENEVA) }, lowered };
}

function isSame(correction: Correction, other: Pick<Deadline, 'when' | 'certainty'> | null): boolean {
  return other !== null && whenKey(correction.when) === whenKey(other.when) && correction.certainty === other.certainty;
}

async function ownOf({ deps, place }: Ask, deadline: string): Promise<Correction | null> {
  const corrections = await deps.store.ownDates.corrections(place);
  return corrections.find(({ correction }) => correction.deadline === deadline)?.correction ?? null;
}

/** True when the installation of who asks corrected this very date. */
export async function isCorrected(ask: Ask, deadline: string): Promise<boolean> {
  return (await ownOf(ask, deadline)) !== null;
}

interface Doing {
  readonly before: Deadline;
  readonly correction: Correction | null;
  readonly lowered: boolean;
}

/** @throws UserError when nothing was done. */
async function answer(ask: Ask, { before, correction, lowered }: Doing): Promise<Answer> {
  const { deps, place, platform, now, words } = ask;
  const done = await deps.correct({ place, deadline: before.id, correction, now });
  if ('refused' in done) throw new UserError(refusal(done.refused, words));
  const seen = (await deps.recall(now)).views.of(place);
  const told: CorrectedAnswer = {
    platform,
    before,
    after: seen.picture.deadlines.get(before.id) ?? null,
    withdrawn: correction === null,
    lowered,
    note: correction?.note ?? null,
    follows: new Set(done.changes.flatMap((change) => (change.about === 'date' && change.after?.id !== before.id ? (change.after?.id ?? []) : []))).size,
    heard: done.changes.some(isPosted) ? await hearers(ask, done.changes.filter(isPosted)) : null,
  };
  const voice: Voice = { ...ask.voice, reader: { ...ask.voice.reader, facts: withSources(deps.facts(), seen.sources) } };
  return { message: formatCorrected(told, correction === null ? null : withdrawId(before.id), voice), audience: 'asker', again: null };
}

function refusal(why: 'nothing' | 'order' | 'many' | 'stale', words: Ask['words']): string {
  if (why === 'stale') return words('correct.busy');
  return words(`correct.${why === 'nothing' ? 'none' : why}`, { most: MOST_CORRECTIONS });
}

/** How many channels of the installation hear of a change. */
async function hearers({ deps, facts, place }: Ask, changes: readonly Change[]): Promise<number> {
  const { subscriptions } = deps.store;
  const channels = await subscriptions.channelsOf(place);
  const active = (await subscriptions.ofChannels(channels.map(({ id }) => id))).filter(({ status }) => status === 'active');
  const wishesIn = (id: string) =>
    wishesOf(
      active.filter(({ channel }) => channel === id).map(({ selector }) => selector),
      facts.states,
    );
  return channels.filter(({ id }) => changes.some((change) => isNewsWished(wishesIn(id), change))).length;
}
