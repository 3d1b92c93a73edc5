/** Wakes one that waits. A ring that nobody waited for is heard by the next who does. */
export interface Bell {
  ring(): void;
  heard(): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    heard: () =>
      new Promise((resolve) => {
        const hear = () => {
          [rung, wake] = [false, null];
          resolve();
        };
        if (rung) hear();
        else wake = hear;
      }),
  };
}
