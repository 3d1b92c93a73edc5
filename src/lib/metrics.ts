/** Numbers of a running process, in the form that Prometheus reads. Counters begin at zero with each start. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** A number that only rises, by its labels. */
  counter(name: string, help: string, labels: readonly string[]): (by: number, labels: Readonly<Record<string, string>>) => void;
  /** How often values fell below each of the given bounds. */
  histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void;
  /** A number that is read when somebody asks; one that cannot be read is left out. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  /** The sum of a counter by one of its labels. */
  totals(name: string, label: string): Promise<Readonly<Record<string, number>>>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const named = (name: string, help: string) => ({ name: `upr_watch_${name}`, help, registers: [registry] });
  return {
    counter: (name, help, labels) => {
      const counter = new Counter({ ...named(name, help), labelNames: [...labels] });
      return (by, values) => counter.inc(values, by);
    },
    histogram: (name, help, bounds) => {
      const histogram = new Histogram({ ...named(name, help), buckets: [...bounds] });
      return (value) => histogram.observe(value);
    },
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        ...named(name, help),
        collect: async () => {
          gauge.reset();
          gauge.set(
            await Promise.resolve()
              .then(read)
              .catch(() => Number.NaN),
          );
        },
      });
    },
    text: () => registry.metrics(),
    totals: async (name, label) => {
      const found = await registry.getSingleMetric(`upr_watch_${name}`)?.get();
      const totals: Record<string, number> = {};
      for (const { labels, value } of found?.values ?? []) {
        const key = String(labels[label]);
        totals[key] = (totals[key] ?? 0) + value;
      }
      return totals;
    },
  };
}
