/**
 * Who wants the same thing at the same moment, one after the other. A hundred clicks on one task are then one read and one
 * write, and not a hundred transactions of which ninety-nine are undone.
 */
export interface Turn<T> {
  /** What the one before left; null where that may be older than the question. */
  readonly known: T | null;
  /** A moment to be named to `keep`: before a read, or before a write. */
  mark(): number;
  /** Leaves to the next what was true after that moment. */
  keep(value: T, since: number): void;
}

export type InTurn<T> = <R>(key: string, work: (turn: Turn<T>) => Promise<R>) => Promise<R>;

interface Kept<T> {
  readonly value: T;
  readonly since: number;
}

export function createTurns<T>(): InTurn<T> {
  const lines = new Map<string, Promise<Kept<T> | null>>();
  let moments = 0;
  const mark = () => {
    moments += 1;
    return moments;
  };
  return async (key, work) => {
    const asked = mark();
    const before = lines.get(key);
    const { promise: mine, resolve } = Promise.withResolvers<Kept<T> | null>();
    lines.set(key, mine);
    let kept = (await before) ?? null;
    try {
      const known = kept !== null && kept.since > asked ? kept.value : null;
      return await work({
        known,
        mark,
        keep: (value, since) => {
          kept = { value, since };
        },
      });
    } finally {
      if (lines.get(key) === mine) lines.delete(key);
      resolve(kept);
    }
  };
}
