/** What commands may do with plans. The room of alerts does it, since each change has cards and reminders to follow. */
import type { WholeResponse } from './response.ts';
import type { Deed, Refusal, Side, Task } from './task.ts';

/** Who did it, as the platform names them. */
export interface Actor {
  readonly side: Side;
  readonly id: string;
}

export type Did =
  /** `event` names the change for `undo`. */
  { readonly task: Task; readonly event: number } | { readonly refused: Refusal; readonly task: Task } | { readonly refused: 'not-there' };

/** Why a change was not taken back. */
export type NotUndone = 'too-late' | 'changed-since' | 'not-there';

export interface Teamwork {
  /** Adds a plan, its first card, its reminders and the end of its retention, in one transaction. */
  begin(whole: WholeResponse, by: Actor): Promise<void>;
  /** On the latest version, however many want it at once. Refreshes every card of the response and sets the next reminder. */
  deed(response: string, number: number, deed: Deed, by: Actor | null): Promise<Did>;
  /**
   * Changes a response and the tasks that are given; tasks beyond those that there are get added. `change` may be called
   * again on a later version, so it is pure.
   *
   * @param what the kind of change, as the log keeps it
   */
  change<R extends string>(
    id: string,
    change: (whole: WholeResponse) => WholeResponse | { readonly refused: R },
    by: Actor,
    what: string,
  ): Promise<WholeResponse | { readonly refused: R | 'not-there' }>;
  /** Takes back a change within ten minutes, where nothing came after it on that task. */
  undo(response: string, event: number, by: Actor): Promise<Task | NotUndone>;
  remove(id: string): Promise<void>;
  /** Brings every card of a response up to date. */
  refresh(id: string): Promise<void>;
}
