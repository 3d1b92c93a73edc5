import type { Metrics } from '../../lib/metrics.ts';
import type { Tally } from './letter.ts';

/** Seconds; a message is on time to a reader within two minutes, and past its grace within hours. */
const LATENESS_BOUNDS = [0.5, 1.5, 5, 30, 120, 900, 3_600, 21_600];

/** Counts what was recorded, so that the totals of a process equal those of `upr-watch proof` for its lifetime. */
export function createTally(metrics: Metrics): Tally {
  const alerts = metrics.counter('alerts_total', 'Alerts that came to rest, by state.', ['state']);
  const deliveries = metrics.counter('deliveries_total', 'Messages with a result, by platform and outcome.', ['platform', 'outcome']);
  const late = metrics.histogram('lateness_seconds', 'How long after it fell due an alert was said.', LATENESS_BOUNDS);
  return {
    settled: (state, count) => {
      if (count > 0) alerts(count, { state });
    },
    delivered: (platform, outcome) => deliveries(1, { platform, outcome }),
    late: (ms) => late(ms / 1000),
  };
}
