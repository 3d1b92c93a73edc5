/** What every store promises (src/store/store.ts), as suites that each store runs. `open` gives an empty store at each call. */
import { describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { alertPromises } from './promises/alerts.ts';
import { calendarPromises } from './promises/calendar.ts';
import { deliveryPromises } from './promises/deliveries.ts';
import { fanoutPromises } from './promises/fanouts.ts';
import { feedLinkPromises } from './promises/feed-links.ts';
import { installationPromises } from './promises/installations.ts';
import { interruptedPromises } from './promises/interrupted.ts';
import { leasePromises } from './promises/leases.ts';
import { ownDatePromises } from './promises/own-dates.ts';
import { proofPromises } from './promises/proof.ts';
import { readyPromises } from './promises/ready.ts';
import { recordingPromises } from './promises/recording.ts';
import { resultPromises } from './promises/results.ts';
import { saidPromises } from './promises/said.ts';
import { secretPromises } from './promises/secrets.ts';
import { sharedPlanPromises } from './promises/shared-plans.ts';
import { subscriptionPromises } from './promises/subscriptions.ts';
import { teamPromises } from './promises/teams.ts';
import { transactionPromises } from './promises/transactions.ts';
import { wakeupPromises } from './promises/wakeups.ts';

export type Open = () => Promise<Store>;

export function storeContract(name: string, open: Open): void {
  describe(name, () => {
    transactionPromises(open);
    calendarPromises(open);
    ownDatePromises(open);
    subscriptionPromises(open);
    fanoutPromises(open);
    alertPromises(open);
    readyPromises(open);
    deliveryPromises(open);
    interruptedPromises(open);
    resultPromises(open);
    recordingPromises(open);
    proofPromises(open);
    saidPromises(open);
    wakeupPromises(open);
    installationPromises(open);
    secretPromises(open);
    feedLinkPromises(open);
    leasePromises(open);
    teamPromises(open);
    sharedPlanPromises(open);
  });
}
