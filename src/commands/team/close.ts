/** A plan is closed, with the receipt of what was sent in, or with why there is none. */
import type { FormResponse } from '../../adapters/adapter.ts';
import { formatClosed, formatCloseQuestion } from '../../message/format-team.ts';
import type { Answer, Ask } from '../asked.ts';
import { deedId } from '../buttons.ts';
import type { DeedAsk } from '../deeds.ts';
import { UserError } from '../user-error.ts';
import { freeText, LONGEST, todayOf } from './read-plan.ts';
import { actorOf, demandOwn, demandSeat, type Seat } from './seat.ts';
import { lineField } from './task-deeds.ts';

/** Closes it with a reference or a reason; asks for one where there is neither. */
export async function closeAsked(ask: Ask, seat: Seat): Promise<Answer> {
  demandOwn(seat, ask);
  const { id } = seat.whole.response;
  const [reference, reason] = [freeText(ask, 'reference', LONGEST.reference), freeText(ask, 'reason', LONGEST.reason)];
  if (seat.whole.response.status === 'closed') throw new UserError(ask.words('team.is-closed'));
  if (reference === null && reason === null) return { message: formatCloseQuestion(seat.whole, ask.voice), audience: 'asker', again: null };
  const closed = await ask.deps.teamwork.change(
    id,
    (whole) =>
      whole.response.status === 'closed'
        ? { refused: 'closed' as const }
        : { ...whole, response: { ...whole.response, status: 'closed' as const, reference, reason, closedAt: ask.now } },
    actorOf(ask),
    'close',
  );
  if ('refused' in closed) throw new UserError(ask.words(closed.refused === 'closed' ? 'team.is-closed' : 'team.no-plan'));
  return { message: formatClosed(closed, todayOf(ask), ask.voice), audience: 'asker', again: null };
}

export async function closeForm(ask: DeedAsk): Promise<FormResponse> {
  const seat = await demandSeat(ask, ask.argument);
  demandOwn(seat, ask);
  const { words } = ask;
  const fields = [
    lineField('reference', words('team.form.reference'), { hint: words('option.reference'), required: false }),
    lineField('reason', words('team.form.reason'), { hint: words('team.form.reason.hint'), required: false }),
  ];
  return { type: 'form', id: deedId('plan', 'close-now', ask.argument), title: words('team.form.close'), submit: words('form.apply'), fields };
}

export async function closeNow(ask: DeedAsk): Promise<Answer> {
  return closeAsked(ask, await demandSeat(ask, ask.argument));
}
