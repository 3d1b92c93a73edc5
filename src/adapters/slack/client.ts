/** Requests to Slack's Web API. Every failure is a {@link ChatError}; pacing and repeating are the lanes'. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { LogLevel, webApi } from '@slack/bolt';
import type { Instant } from '../../domain/time.ts';
import { ChatError, type Vault } from '../adapter.ts';
import { chatError, type Failed, isInvalid, limited } from './errors.ts';
import type { SlackConfig } from './schema.ts';
import { createTeams, type TeamIdentity } from './team.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface SlackClient {
  /** Asks with the token of a workspace; `file` is that of the settings. */
  call(team: string, method: string, args: object, options?: CallOptions): Promise<Record<string, unknown>>;
  /** Asks without a token. */
  plain(method: string, args?: object): Promise<Record<string, unknown>>;
  /** Every workspace that there is a token for. */
  teams(): Promise<readonly string[]>;
  identity(team: string): Promise<TeamIdentity>;
  /** What time Slack had when it last answered; null before. */
  serverTime(): Instant | null;
  /** The token of a workspace is read anew when it is next needed. */
  forget(team: string): void;
}

export interface ClientTools {
  readonly config: Pick<SlackConfig, 'botToken' | 'apiUrl'>;
  readonly vault: Vault;
  /** Called for each request that Slack refused for its token or its pace. */
  refused(): void;
}

const REQUEST_MS = 10_000;
/** Nothing waits or repeats by itself: https://docs.slack.dev/tools/node-slack-sdk/web-api (read 2026-11-24). */
const OPTIONS = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: REQUEST_MS, allowAbsoluteUrls: false };
/** What the library would log is in the errors that it throws. */
const SILENT: NonNullable<webApi.WebClientOptions['logger']> = {
  ...{ debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} },
  getLevel: () => LogLevel.ERROR,
};

interface Sending {
  readonly method: string;
  readonly signal: AbortSignal | undefined;
}

export function createSlackClient({ config, vault, refused }: ClientTools): SlackClient {
  /** Which request it is, for the one function that sends them all. */
  const sending = new AsyncLocalStorage<Sending>();
  const clients = new Map<string, webApi.WebClient>();
  let serverTime: Instant | null = null;

  const send: webApi.FetchFunction = async (input, init) => {
    const { method, signal } = sending.getStore() ?? { method: '', signal: undefined };
    const signals = [init?.signal, signal].filter((one) => one != null);
    const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    const at = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(at)) serverTime = at;
    // The library has no error for a limit that does not say how long it lasts.
    if (response.status === 429 && !/^\d+$/.test(response.headers.get('retry-after') ?? '')) throw limited(null, { method });
    return response;
  };

  const newClient = (token?: string) =>
    // With a queue of its own, a request could be sent in the name of another.
    new webApi.WebClient(token, { ...OPTIONS, slackApiUrl: config.apiUrl, logger: SILENT, fetch: send, maxRequestConcurrency: Number.POSITIVE_INFINITY });
  const nobody = newClient();

  function clientOf(token: string): webApi.WebClient {
    const client = clients.get(token) ?? newClient(token);
    clients.set(token, client);
    return client;
  }

  async function ask(
    client: webApi.WebClient,
    args: object,
    { failed, signal }: { failed: Failed; signal?: AbortSignal | undefined },
  ): Promise<Record<string, unknown>> {
    if (signal?.aborted === true) throw new ChatError('unavailable', { detail: 'stopped before it was sent' });
    try {
      const { method } = failed;
      return { ...(await sending.run({ method, signal }, () => client.apiCall(method, { ...args }))) };
    } catch (cause) {
      const error = chatError(cause, failed);
      if (isInvalid(error)) refused();
      throw error;
    }
  }

  const teams = createTeams({
    botToken: config.botToken,
    vault,
    who: (token) => ask(clientOf(token), {}, { failed: { method: 'auth.test', token: 'own' } }),
  });

  function forget(team: string): void {
    teams.forget(team);
    clients.clear();
  }

  return {
    call: async (team, method, args, { signal } = {}) => {
      const { token, whose } = await teams.tokenOf(team);
      try {
        return await ask(clientOf(token), args, { failed: { method, token: whose }, signal });
      } catch (error) {
        // Somebody may have installed the app anew meanwhile, with another process.
        if (error instanceof ChatError && error.reason !== 'rate-limited' && isInvalid(error)) forget(team);
        throw error;
      }
    },
    plain: (method, args = {}) => ask(nobody, args, { failed: { method, token: 'none' } }),
    teams: () => teams.all(),
    identity: async (team) => (await teams.tokenOf(team)).identity,
    serverTime: () => serverTime,
    forget,
  };
}
