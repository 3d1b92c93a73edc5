/** Who asks, as Slack knows them: https://docs.slack.dev/reference/objects/user-object. */
import { z } from 'zod';
import { isZone } from '../../domain/time.ts';
import type { Logger } from '../../lib/log.ts';
import { type Asker, ChatError, type May } from '../adapter.ts';
import type { SlackClient } from './client.ts';

const KEPT_MS = 10 * 60_000;
const KEPT = 2_000;

const flag = z.boolean().default(false);
const userSchema = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().default(''),
    locale: z.string().default('en'),
    tz: z.string().nullish(),
    deleted: flag,
    is_admin: flag,
    is_owner: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    is_bot: flag,
    is_workflow_bot: flag,
    /** In an Enterprise organization somebody is at home in several workspaces. */
    enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
  }),
});
type User = z.infer<typeof userSchema>['user'];

interface Parts {
  readonly client: Pick<SlackClient, 'call'>;
  readonly log: Logger;
  /** Monotonic, in milliseconds. */
  now?(): number;
}

/** Asks Slack for a person, at most once in ten minutes. Who cannot be known may change nothing. */
export function createAskers({ client, log, now = () => performance.now() }: Parts): (team: string, user: string) => Promise<Asker> {
  const known = new Map<string, { readonly asker: Promise<Asker | null>; readonly until: number }>();

  async function ask(team: string, id: string): Promise<Asker | null> {
    try {
      const { user } = userSchema.parse(await client.call(team, 'users.info', { user: id, include_locale: true }));
      return askerOf(user, team);
    } catch (cause) {
      const why = cause instanceof ChatError ? cause.message : 'an answer of an unknown form';
      log.warn({ why }, 'Slack does not say who asks; they can change nothing');
      return null;
    }
  }

  return async (team, id) => {
    const key = `${team}/${id}`;
    const found = known.get(key);
    if (found !== undefined && found.until > now()) return (await found.asker) ?? stranger(id);
    const asker = ask(team, id);
    known.delete(key);
    known.set(key, { asker, until: now() + KEPT_MS });
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    const answer = await asker;
    if (answer === null) known.delete(key); // the next question asks again
    return answer ?? stranger(id);
  };
}

function stranger(id: string): Asker {
  return { id, locale: 'en', zone: null, ids: [id], may: 'nothing' };
}

function askerOf(user: User, team: string): Asker {
  const { id, locale, tz } = user;
  // The language alone: Slack has fr-FR and fr-CA, and catalogues are by language.
  return { id, locale: locale.split(/[-_]/)[0] || 'en', zone: tz != null && isZone(tz) ? tz : null, ids: [id], may: mayDo(user, team) };
}

/** Guests, bots and people of other organizations, who share a channel by Slack Connect, change nothing. */
function mayDo(user: User, team: string): May {
  const isHere = user.team_id === team || user.enterprise_user?.teams.includes(team) === true;
  const isOutside = !isHere || user.is_stranger || user.deleted || user.is_bot || user.is_workflow_bot;
  if (isOutside || user.is_restricted || user.is_ultra_restricted) return 'nothing';
  return user.is_admin || user.is_owner ? 'all' : 'unless-named';
}
