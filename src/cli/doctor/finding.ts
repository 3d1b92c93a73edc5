/** One thing looked at, and what to do when it is not well. */
export interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly detail: string;
}

export const well = (what: string, detail: string): Finding => ({ what, well: true, detail });
export const look = (what: string, detail: string): Finding => ({ what, well: false, detail });

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
