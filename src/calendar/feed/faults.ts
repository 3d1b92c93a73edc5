/** What is wrong with a feed and was told, kept in the store so that a restart tells nothing twice. */
import { z } from 'zod';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../../store/store.ts';

export interface FeedFaults {
  /** Since when the feed is not taken. */
  readonly since: Instant;
  /** Each that was told. */
  readonly reasons: readonly string[];
}

const faults = z.object({ since: z.number(), reasons: z.array(z.string()) });

const KIND = 'feed-fault';
/** A feed that gives another reason each time is told of again after so many others. */
const REMEMBERED = 20;

export interface FaultRecord {
  /** Null while the feed is well. */
  read(): Promise<FeedFaults | null>;
  write(faults: FeedFaults): Promise<void>;
  forget(): Promise<void>;
}

/** @param file the feed as it is called in the store */
export function faultRecord({ wakeups }: Store, file: string): FaultRecord {
  return {
    read: async () => {
      const found = await wakeups.find(KIND, file);
      return found === null ? null : faults.parse(JSON.parse(found.body));
    },
    write: async ({ since, reasons }) =>
      wakeups.set({ kind: KIND, subject: file, dueAt: since, body: JSON.stringify({ since, reasons: reasons.slice(-REMEMBERED) }) }),
    forget: () => wakeups.remove(KIND, file),
  };
}

/** No feed is followed any more. */
export async function forgetFaults({ wakeups }: Store): Promise<void> {
  for (const { kind, subject } of await wakeups.of(KIND)) await wakeups.remove(kind, subject);
}
