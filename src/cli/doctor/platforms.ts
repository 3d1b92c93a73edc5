/** What platforms say: whether they take our tokens, what time they have, and what the bot may do in each channel that follows something. */
import { join } from 'node:path';
import { type Adapter, ChatError } from '../../adapters/adapter.ts';
import { makeAdapter } from '../../adapters/adapters.ts';
import type { Config } from '../../config.ts';
import { MINUTE } from '../../domain/time.ts';
import { createLog } from '../../lib/log.ts';
import { createSeal } from '../../lib/seal.ts';
import type { Channel, Store } from '../../store/store.ts';
import { createVault, NO_VAULT } from '../../vault.ts';
import { loadWords } from '../../words-file.ts';
import { count, type Finding, look, well } from './finding.ts';

/** Each costs a request; more are not looked at in one go. */
const MOST_CHANNELS = 100;

export interface Examined {
  readonly findings: readonly Finding[];
  /** How far this machine's clock is ahead of each platform's, where it says. */
  readonly aheadMs: ReadonlyMap<string, number>;
}

export async function platformFindings(config: Config, store: Store, now: () => number): Promise<Examined> {
  const [findings, aheadMs] = [[] as Finding[], new Map<string, number>()];
  const followed = await followedChannels(store);
  for (const name of ['discord', 'slack'] as const) {
    if (config[name] === null) continue;
    const adapter = await open(config, store, name);
    try {
      const { identity, serverTime } = await adapter.verify();
      findings.push(well('token', `${name}: the bot is ${identity}`));
      if (serverTime !== null) aheadMs.set(name, now() - serverTime);
      findings.push(
        ...(await rightsFindings(
          adapter,
          followed.filter(({ platform }) => platform === name),
        )),
      );
    } catch (cause) {
      if (!(cause instanceof ChatError)) throw cause;
      findings.push(look('token', tokenFault(name, cause)));
    } finally {
      await adapter.stop();
    }
  }
  return { findings, aheadMs };
}

async function open(config: Config, store: Store, name: 'discord' | 'slack'): Promise<Adapter> {
  const words = await loadWords(join(config.folder, 'locales'));
  const vault = config.encryptionKeys.length === 0 ? NO_VAULT : createVault(store, createSeal(config.encryptionKeys), name);
  const nothing = () => undefined;
  return makeAdapter(name, config[name], { write: nothing, isTerminal: false, log: createLog('silent'), words, refused: nothing, vault });
}

const TOKEN: Readonly<Record<'discord' | 'slack', string>> = { discord: 'DISCORD_TOKEN', slack: 'SLACK_BOT_TOKEN' };

function tokenFault(name: 'discord' | 'slack', { reason, message }: ChatError): string {
  if (reason === 'fatal') return `${name}: ${TOKEN[name]} is not accepted; copy it anew (docs/${name}.md), then start the bot again`;
  return `${name}: it cannot be asked now (${message}); look at the network, a proxy and the page of its outages`;
}

async function followedChannels(store: Store): Promise<readonly Channel[]> {
  const active = new Set((await store.subscriptions.list()).filter(({ status }) => status === 'active').map(({ channel }) => channel));
  return (await store.subscriptions.channels()).filter(({ id }) => active.has(id));
}

async function rightsFindings(adapter: Adapter, channels: readonly Channel[]): Promise<readonly Finding[]> {
  const looked = channels.slice(0, MOST_CHANNELS);
  const findings: Finding[] = [];
  for (const channel of looked) findings.push(...(await rightsIn(adapter, channel)));
  const more = channels.length - looked.length;
  const seen = `${adapter.platform}: ${count(looked.length, 'channel', 'channels')} looked at${more === 0 ? '' : `, ${more} not`}`;
  return channels.length === 0 ? findings : [...findings, well('rights', seen)];
}

async function rightsIn(adapter: Adapter, { id, target }: Channel): Promise<readonly Finding[]> {
  try {
    const { missing } = await adapter.check(target);
    return missing.length === 0 ? [] : [look('rights', `${id}: the bot lacks ${missing.join(', ')}; give it to the bot's role in that channel`)];
  } catch (cause) {
    if (!(cause instanceof ChatError)) throw cause;
    return [look('rights', `${id}: ${RIGHTS_FAULTS[cause.reason] ?? `it cannot be looked at now (${cause.reason}); try again later`}`)];
  }
}

const RIGHTS_FAULTS: Readonly<Record<string, string>> = {
  'channel-gone': 'the channel is gone, or the bot does not see it; invite the bot into it, or take it out of upr-watch.yaml',
  forbidden: 'the bot may not look at the channel; invite it, and let its role view the channel and send messages',
  'installation-gone': 'the bot is not in that server or workspace any more; invite it again (`upr-watch invite discord`, `upr-watch manifest slack`)',
};

const AGREES_WITHIN = 2 * MINUTE;

/** This machine's clock against those of others. */
export function clockFindings(aheadMs: ReadonlyMap<string, number>): readonly Finding[] {
  return [...aheadMs].flatMap(([whose, ms]) => {
    if (Math.abs(ms) < AGREES_WITHIN) return [];
    const minutes = Math.round(Math.abs(ms) / MINUTE);
    const how = 'set it by the network: `timedatectl set-ntp true`';
    return [look('clock', `this machine is ${count(minutes, 'minute', 'minutes')} ${ms > 0 ? 'ahead of' : 'behind'} the time of ${whose}; ${how}`)];
  });
}
