/** What a lane reads of plans before it speaks of them: whose they are, who may see them here, where their cards are. */
import { z } from 'zod';
import type { PostedRef } from '../../adapters/adapter.ts';
import { asSeenBy, eventsSeenBy } from '../../domain/team/bridge-view.ts';
import { wantsHands } from '../../domain/team/nag.ts';
import type { Bridge, WholeResponse } from '../../domain/team/response.ts';
import type { Template } from '../../domain/team/template.ts';
import { dayOf, type Instant } from '../../domain/time.ts';
import type { HandsWanted } from '../../message/content-team.ts';
import type { Alert, Card, Channel, Store } from '../../store/store.ts';
import { planOf, readHistory } from '../team/bodies.ts';
import type { PlanSeen } from './compose-team.ts';

const posted = z.object({
  target: z.object({ installation: z.string(), channel: z.string(), thread: z.string().exactOptional() }),
  id: z.string(),
  /** False where the bot may open no thread below it. */
  threads: z.boolean().default(true),
});

/** A card that was posted; null for any other. */
export function readCard({ ref }: Pick<Card, 'ref'>): { readonly ref: PostedRef; readonly threads: boolean } | null {
  const read = posted.safeParse(ref);
  if (!read.success) return null;
  const { threads, ...rest } = read.data;
  return { ref: rest, threads };
}

/** What has no title for its reader is named by the formatter. */
const UNTITLED = { plan: '', task: () => '' };
/** Events that are looked for at once; what is older is in the log. */
const LATELY = 200;

/** The plans that alerts of one channel speak of, each as the channel sees it; without those that it may not see any more. */
export async function plansOf(
  store: Store,
  own: readonly Alert[],
  { channel, templates }: { channel: Channel; templates: ReadonlyMap<string, Template> },
): Promise<ReadonlyMap<string, PlanSeen>> {
  const plans = new Map<string, PlanSeen>();
  for (const [id, alerts] of Map.groupBy(own, planOf)) {
    const whole = id === null ? null : await store.teams.find(id);
    const seen = whole === null ? null : seenIn(channel, whole, await store.teams.bridgesOf(whole.response.id));
    if (id === null || whole === null || seen === null) continue;
    const card = (await store.teams.cards(id)).find((one) => one.channel === channel.id);
    const read = card === undefined ? null : readCard(card);
    const told = new Set(alerts.flatMap((alert) => (alert.type === 'history' ? readHistory(alert).event : [])));
    const log = told.size === 0 ? [] : await store.teams.logOf(id, LATELY);
    const events = eventsSeenBy(log, seen.side)
      .filter((event) => told.has(event.id))
      .reverse();
    const template = templates.get(whole.response.template) ?? null;
    plans.set(id, { whole: asSeenBy(whole, seen, UNTITLED), seen, card: read?.ref ?? null, threads: read?.threads ?? true, events, template });
  }
  return plans;
}

function seenIn({ id, platform, installation }: Channel, { response }: WholeResponse, bridges: readonly Bridge[]): PlanSeen['seen'] | null {
  const side = { platform, installation };
  if (response.channel === id) return { by: 'owner', side, shows: 'titles' };
  const bridge = bridges.find(({ status, partnerChannel }) => status === 'open' && partnerChannel === id);
  return bridge === undefined ? null : { by: 'partner', side, shows: bridge.ownerShows };
}

/** Tasks of a channel's own plans that nobody has, for its digest. */
export async function handsWantedIn(store: Store, { id, platform, installation, profile }: Channel, now: Instant): Promise<readonly HandsWanted[]> {
  const today = dayOf(now, profile.zone);
  const plans = (await store.teams.of({ platform, installation }, id)).filter(({ response }) => response.channel === id && response.status === 'open');
  return plans.map((whole) => ({ whole, tasks: whole.tasks.filter((task) => wantsHands(task, today)) })).filter(({ tasks }) => tasks.length > 0);
}
