import type { Store } from '../store/store.ts';

/** The brake: one mark in the store, for every process that posts from it (design.md §7, 12). */
const PAUSED = 'paused';

/** True while nothing may be posted. What falls due meanwhile is planned and waits. */
export async function isPaused(store: Store): Promise<boolean> {
  return (await store.mark(PAUSED)) === 1;
}

/** Stops or releases all posting, from the next tick on. Answers whether that changed anything. */
export async function setPaused(store: Store, paused: boolean): Promise<boolean> {
  if ((await isPaused(store)) === paused) return false;
  await store.setMark(PAUSED, paused ? 1 : 0);
  return true;
}
