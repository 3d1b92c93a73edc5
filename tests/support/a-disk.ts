/** A disk that fills up and is freed, played with the pages a SQLite file may grow to. */
import type { Store } from '../../src/store/store.ts';

const BALLAST = 'ballast';

/** Leaves not a page: whatever is written next does not fit. The store was opened with a limit. */
export async function fillDisk(store: Store): Promise<void> {
  for (let size = 4_096; size > 16; size /= 2) {
    for (let left = 0; ; left += 1) {
      const fits = await store.wakeups.put({ kind: BALLAST, subject: `${size}-${left}`, dueAt: 0, body: 'x'.repeat(size) }).then(
        () => true,
        () => false,
      );
      if (!fits) break;
    }
  }
}

/** Somebody deletes something else from the disk. */
export async function freeDisk(store: Store): Promise<void> {
  for (const { subject } of await store.wakeups.of(BALLAST)) await store.wakeups.remove(BALLAST, subject);
}
