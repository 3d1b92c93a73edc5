/** Timing without promises: medians of several runs, with their spread. */
export interface Figure {
  readonly name: string;
  readonly target: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that `share` of them do not exceed: 0.95 for the 95th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

export function row({ name, target, unit, values, note }: Figure): string {
  const show = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const spread = values.length > 1 ? `${show(Math.min(...values))}–${show(Math.max(...values))}` : '–';
  return `| ${name} | ${show(median(values))} ${unit} | ${spread} | ${values.length} | ${target} | ${note ?? ''} |`;
}
