/** The doors through which edits reach a bot: calendar files and an operator's file, or the facts that they would give. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CalendarError, type CalendarText } from '../../../src/calendar/load.ts';
import { revise } from '../../../src/calendar/revise.ts';
import { applyFiles, takeUp } from '../../../src/calendar/take-up.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryDisk } from '../a-bot.ts';
import type { Edited } from './edit.ts';
import { appliedFile, factsOf, shippedFiles } from './files.ts';
import { FIRST } from './sheet.ts';

export interface Doors {
  /** What a start does. */
  takeUp(store: Store, now: number): Promise<CalendarFacts>;
  /** An edit, made by another process while the bot runs. */
  make(store: Store, edited: Edited, now: number): Promise<void>;
  /** The next start is that of an image which was built some versions ago. */
  older(which: number): void;
  /** Somebody saves a file that is not one. */
  breakFile(store: Store, which: number, now: number): Promise<void>;
  clear(): void;
}

/** The sheet with its operator's part is made facts at once. */
export function factsDoor(): Doors {
  let facts = factsOf(FIRST);
  const take = async (store: Store, now: number) => {
    await revise(store, facts, { now, reason: 'a test' });
    return facts;
  };
  return {
    takeUp: take,
    make: async (store, { sheet }, now) => {
      facts = factsOf(sheet);
      await take(store, now);
    },
    older: () => undefined,
    breakFile: async () => undefined,
    clear: () => undefined,
  };
}

/** Session 54 is shipped in a new version; the operator's file for session 55 lies over what was shipped. */
export function filesDoor(): Doors {
  const root = mkdtempSync(join(memoryDisk(), 'upr-edits-'));
  const home = { folder: join(root, 'calendar'), data: join(root, 'data') };
  const versions: (readonly CalendarText[])[] = [];
  let [image, applied] = [0, 0];
  const put = (texts: readonly CalendarText[]) => {
    for (const { file, text } of texts) {
      mkdirSync(dirname(join(home.folder, file)), { recursive: true });
      writeFileSync(join(home.folder, file), text);
    }
  };
  const putImage = (which: number) => {
    image = which;
    put(versions[image] ?? []);
  };
  const ship = (texts: readonly CalendarText[]) => putImage(versions.push(texts) - 1);
  ship(shippedFiles(FIRST, 1));
  return {
    takeUp: async (store, now) => (await takeUp(store, home, { now, reason: 'a start' })).facts,
    make: async (store, { session, sheet }, now) => {
      if (session === 54) {
        ship(shippedFiles(sheet, versions.length + 1));
        await takeUp(store, home, { now, reason: 'a new version' });
      } else {
        applied += 1;
        await applyFiles(store, { home, files: [appliedFile(sheet, applied)], now, approved: true });
      }
    },
    older: (which) => putImage(which % versions.length),
    breakFile: async (store, which, now) => {
      put([{ file: 'sessions/54.yaml', text: ['session: 54\nversion: 999\n', '{', 'dates: [', ''][which % 4] ?? '' }]);
      const refused = await takeUp(store, home, { now, reason: 'a broken file' }).catch((cause: unknown) => cause);
      if (!(refused instanceof CalendarError)) throw refused instanceof Error ? refused : new Error('A broken file was taken up.');
      putImage(image);
    },
    clear: () => rmSync(root, { recursive: true, force: true }),
  };
}
