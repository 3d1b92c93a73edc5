/** `/upr board`: what the team has before it, for who asks alone. */
import { formatBoard } from '../../message/format-board.ts';
import { type Answer, type Ask, given, type Run } from '../asked.ts';
import type { Deed } from '../deeds.ts';
import { read } from '../read-options.ts';
import { BOARD_VIEWS, type BoardView, viewsIn } from './choices.ts';
import { deadlineOfPlan, todayOf } from './read-plan.ts';
import { isMine, seatsOf } from './seat.ts';

export const runBoard: Run = (ask) => {
  const value = read(ask, 'view', 'board-view', viewsIn(ask.words));
  return boardOf(ask, BOARD_VIEWS.find((view) => view === value) ?? 'overview');
};

export const BOARD_DEEDS: Readonly<Record<string, Deed>> = {
  open: { needs: 'nothing', run: async (ask) => ({ ...(await boardOf(ask, 'overview')), beside: true }) },
};

/** Never shown to a whole channel: it may be of other channels too. */
async function boardOf(ask: Ask, view: BoardView): Promise<Answer> {
  const seats = (await seatsOf(ask)).filter(({ whole }) => whole.response.status === 'open');
  const plans = seats.map((seat) => ({ ...seat, deadline: deadlineOfPlan(ask, seat) }));
  const message = formatBoard({ view, plans, today: todayOf(ask), isMine: (task) => isMine(task, ask) }, ask.voice);
  return { message, audience: 'asker', again: { command: 'board', options: given({ view: view === 'overview' ? null : view }) }, share: null };
}
