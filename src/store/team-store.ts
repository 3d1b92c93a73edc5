/** What the house asks of a database for what teams do. Both stores keep these promises. */
import type { Bridge, Response, TeamEvent, WholeResponse } from '../domain/team/response.ts';
import type { Side, Task } from '../domain/team/task.ts';
import type { Instant } from '../domain/time.ts';

/** A card as it was posted: the living message of a response in one channel. */
export interface Card {
  readonly response: string;
  readonly channel: string;
  /** As its platform names it; null until it was posted. */
  readonly ref: unknown;
}

export interface TeamStore {
  /** Its channel is one of the store. */
  add(whole: WholeResponse): Promise<void>;
  find(id: string): Promise<WholeResponse | null>;
  /** Of a side, its own and those that an open bridge shares with it; of one channel of that side where one is named. The oldest first. */
  of(side: Side, channel?: string): Promise<readonly WholeResponse[]>;
  /** Open ones that were made for a deadline. */
  forDeadline(deadline: string): Promise<readonly WholeResponse[]>;
  /** Only where it is still the version before; answers whether it was. The same for the others below. */
  putResponse(response: Response): Promise<boolean>;
  putTask(task: Task): Promise<boolean>;
  /** False where its number is taken. */
  addTask(task: Task): Promise<boolean>;
  /** Deletes a response with its tasks, cards, log and bridges, and wakeups whose subject is its id, or begins with that and a slash. */
  remove(id: string): Promise<void>;
  /** Answers its id, which rises. */
  log(event: Omit<TeamEvent, 'id'>): Promise<number>;
  /** The latest first, at most so many. */
  logOf(response: string, limit: number): Promise<readonly TeamEvent[]>;
  cards(response: string): Promise<readonly Card[]>;
  /** Puts it, in place of the one of the same response and channel; nothing where either was erased meanwhile. */
  putCard(card: Card): Promise<void>;
  removeCard(card: Pick<Card, 'response' | 'channel'>): Promise<void>;
  bridgesOf(response: string): Promise<readonly Bridge[]>;
  /** Whatever its state. */
  bridgeByCode(codeHash: string): Promise<Bridge | null>;
  addBridge(bridge: Bridge): Promise<void>;
  putBridge(bridge: Bridge): Promise<boolean>;
  /** Whether the side is partner of an open bridge of the response; inside a transaction nobody ends that before it does. */
  holdBridge(response: string, side: Side): Promise<boolean>;
  /** What a side had in a response is free (what was done stays done), and nobody of it is named in its log. */
  takeOut(response: string, side: Side): Promise<void>;
  /** Responses whose retention is over: closed, or their date over, before then; the longest over first. */
  keptBefore(at: Instant): Promise<readonly string[]>;
}
