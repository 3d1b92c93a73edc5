/** Closes what was opened, last opened first. */
export interface Stopper {
  /** Registers how to close something, right where it was opened. */
  push(name: string, close: () => Promise<void> | void): void;
  /** Closes everything once. Waits at most `withinMs`; names what failed or did not close in time, in the order it was tried. */
  stop(withinMs: number): Promise<readonly string[]>;
}

export function createStopper(): Stopper {
  const open: { name: string; close: () => Promise<void> | void }[] = [];
  return {
    push: (name, close) => {
      open.push({ name, close });
    },
    stop: async (withinMs) => {
      const failed: string[] = [];
      const deadline = performance.now() + withinMs;
      for (const { name, close } of open.splice(0).reverse()) {
        const closed = await within(Math.max(0, deadline - performance.now()), close);
        if (!closed) failed.push(name);
      }
      return failed;
    },
  };
}

async function within(ms: number, close: () => Promise<void> | void): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const closing = (async () => {
    await close();
    return true;
  })().catch(() => false);
  const closed = await Promise.race([closing, late]);
  clearTimeout(timer);
  return closed;
}
