/** What people may ask in a chat, put together: the commands, and who listens. */
import type { Adapter, OnRequest } from './adapters/adapter.ts';
import { laneOf } from './adapters/adapters.ts';
import { aheadIn, amendSilenced } from './alerts/amend.ts';
import { settle } from './alerts/follow.ts';
import { type Recall, remember } from './alerts/memory.ts';
import { createBridgework } from './alerts/team/bridgework.ts';
import { createTeamwork } from './alerts/team/teamwork.ts';
import { eraseLater, eraseNever, watchAnew } from './alerts/wakeups.ts';
import { correctAnew } from './calendar/team.ts';
import { createCommands } from './commands/commands.ts';
import { createPresenceRecord } from './commands/presence.ts';
import { createReceiving, type Receiving } from './commands/receiving.ts';
import type { Config } from './config.ts';
import { defaultsOf } from './config-follows.ts';
import type { CalendarFacts } from './domain/calendar/facts.ts';
import type { Instant } from './domain/time.ts';
import type { Claim } from './lib/claim.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Metrics } from './lib/metrics.ts';
import type { Words } from './message/words.ts';
import type { Store } from './store/store.ts';
import type { TeamFiles } from './team-files.ts';

export interface ChatDeps {
  readonly config: Config;
  readonly store: Store;
  readonly log: Logger;
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly facts: () => CalendarFacts;
  readonly memory: Recall;
  readonly words: (locale: string) => Words;
  readonly claimOf: (name: string) => Claim;
  readonly now: () => Instant;
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly team: TeamFiles;
}

export function openChat({ config, store, log, adapters, facts, memory, words, claimOf, now, metrics, clock, team }: ChatDeps): Receiving {
  const { ladders } = config;
  const { plans: templates, limits } = team;
  const answered = metrics.histogram('answer_seconds', 'How long a question in a chat took to answer.', [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]);
  const answer = createCommands({
    ...{ store, log, facts, words, ladders, now, laneOf, recall: memory.recall, channelsChanged: memory.forget },
    ...{ defaults: defaultsOf(config), locales: ['en'], pages: config.web.isOn ? config.web.publicUrl : null },
    ...{ teamwork: createTeamwork({ store, now }), templates, limits },
    settle: (trx, settling) => settle({ store: trx, facts: facts(), ladders, memory: () => remember(trx, facts(), ladders, settling.now) }, settling),
    silenced: async (trx, channel, { until, now: at }) => amendSilenced(trx, channel, { until, now: at, ahead: await aheadIn(trx, channel, at) }),
    bridges: createBridgework({ store, now }),
    correct: (correcting) => correctAnew(store, { facts, recall: memory.recall }, correcting),
    standingIn: async (platform, target) => {
      const adapter = adapters.get(platform);
      return adapter === undefined ? null : adapter.check(target).catch(() => null);
    },
  });
  const onRequest: OnRequest = async (request) => {
    const began = clock.monotonic();
    const response = await answer(request);
    answered((clock.monotonic() - began) / 1000);
    return response;
  };
  const onPresence = createPresenceRecord({ store, log, now, eraseLater, eraseNever, watchAnew });
  return createReceiving({ adapters, claimOf, onRequest, onPresence, log });
}
