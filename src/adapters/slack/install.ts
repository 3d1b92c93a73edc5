/** How a workspace installs the app itself: https://docs.slack.dev/authentication/installing-with-oauth (read 2026-11-24). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CallbackOptions, type CodedError, ErrorCode, InstallProvider, type InstallProviderOptions, LogLevel } from '@slack/oauth';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import type { Words } from '../../message/words.ts';
import type { Route, Vault } from '../adapter.ts';
import { askPage, donePage, failedPage, type InstallFault, PAGE_HEADERS } from './install-page.ts';
import type { SlackConfig } from './schema.ts';

/** The least rights: to answer `/upr`, to post where the bot is invited, and to know in which zone somebody is and whether they are a guest. */
export const SCOPES = ['commands', 'chat:write', 'users:read'] as const;

const INSTALL = '/slack/install';
const RETURN = '/slack/oauth_redirect';

/** What the vault keeps of a workspace, as JSON under the id of its team. */
export const installationSchema = z.object({ token: z.string(), botUser: z.string(), botId: z.string(), team: z.string(), name: z.string() });
export type StoredInstallation = z.infer<typeof installationSchema>;

export interface InstallTools {
  readonly config: Pick<SlackConfig, 'clientId' | 'clientSecret' | 'apiUrl' | 'authorizeUrl' | 'publicUrl'>;
  readonly vault: Vault;
  /** Signs what the browser brings back, so that nobody can be made to install what they did not begin. */
  readonly stateSecret: string | null;
  readonly log: Logger;
  words(locale: string): Words;
  /** The token of the team is in the vault now, for the first time or anew. */
  onInstalled(team: string): Promise<void>;
}

type Installation = Parameters<NonNullable<CallbackOptions['afterInstallation']>>[0];

/** The pages; none where workspaces do not install the app themselves. */
export function createInstall({ config, vault, stateSecret, log, words: wordsOf, onInstalled }: InstallTools): readonly Route[] {
  const { clientId, clientSecret, publicUrl } = config;
  if (clientId === null || clientSecret === null || publicUrl === null || stateSecret === null) return [];
  const words = wordsOf('en');
  const again = `${publicUrl}${INSTALL}`;
  const asks = { scopes: [...SCOPES], redirectUri: `${publicUrl}${RETURN}` };

  const provider = new InstallProvider({
    ...{ clientId, clientSecret, stateSecret, authorizationUrl: config.authorizeUrl, logger: SILENT },
    // No repeat of its own: a code can be used once.
    clientOptions: { slackApiUrl: config.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000 },
    renderHtmlForInstallPath: (url) => askPage(words, url),
    installationStore: {
      storeInstallation: async (installation) => {
        const kept = keptOf(installation);
        if (typeof kept === 'string') throw new Error(`what Slack gave cannot be kept: ${kept}`);
        await vault.write(kept.team, JSON.stringify(kept));
        log.info('A workspace of Slack has installed the bot');
        // It is installed; that the bot does not know it yet is mended by the next start.
        await onInstalled(kept.team).catch((cause: unknown) => log.error({ err: cause }, 'What a new workspace begins with could not be done'));
      },
      // Whoever needs a token reads the vault.
      fetchInstallation: () => Promise.reject(new Error('not kept here')),
    },
  });

  const fail = (response: ServerResponse, fault: InstallFault) => show(response, FAULTS[fault], failedPage(words, fault, again));
  const callbacks: CallbackOptions = {
    afterInstallation: async (installation, _options, _request, response) => {
      const kept = keptOf(installation);
      if (typeof kept !== 'string') return true;
      log.warn({ why: kept }, 'A workspace of Slack could not install the bot');
      fail(response, kept);
      return false;
    },
    success: (installation, _options, _request, response) => show(response, 200, donePage(words, installation.team?.name ?? '')),
    failure: (error, _options, request, response) => {
      const fault = faultOf(error, request);
      // The message alone: what hangs on an error of a client may be an answer.
      log.warn({ why: fault, detail: error.message }, 'A workspace of Slack could not install the bot');
      fail(response, fault);
    },
  };

  return [
    { path: INSTALL, handle: getOnly((request, response) => provider.handleInstallPath(request, response, {}, asks)) },
    { path: RETURN, handle: getOnly((request, response) => provider.handleCallback(request, response, callbacks)) },
  ];
}

/** What is kept of an installation, or why it is not. */
function keptOf({ bot, team, isEnterpriseInstall }: Installation): StoredInstallation | 'org' | 'rotation' | 'slack' {
  if (isEnterpriseInstall === true) return 'org';
  // Such a token ends after twelve hours, and alerts are posted long after the last request that would renew it.
  if (bot?.refreshToken !== undefined || bot?.expiresAt !== undefined) return 'rotation';
  if (bot === undefined || team === undefined) return 'slack';
  return { token: bot.token, botUser: bot.userId, botId: bot.id, team: team.id, name: team.name ?? '' };
}

const FAULTS: Readonly<Record<InstallFault, number>> = { denied: 403, state: 400, org: 400, rotation: 400, slack: 502, bot: 500 };
const STATE: readonly string[] = [ErrorCode.InvalidStateError, ErrorCode.MissingStateError, ErrorCode.MissingCodeError];

function faultOf({ code }: CodedError, { url = '' }: IncomingMessage): InstallFault {
  if (/[?&]error=access_denied(&|$)/.test(url)) return 'denied';
  if (STATE.includes(code)) return 'state';
  return code.startsWith('slack_webapi_') ? 'slack' : 'bot';
}

function show(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}

function getOnly(handle: Route['handle']): Route['handle'] {
  return async (request, response) => {
    if (request.method !== 'GET') return void response.writeHead(405, { Allow: 'GET' }).end();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
    await handle(request, response);
  };
}

/** What it would log holds addresses with the state in them; what matters is logged here. */
const SILENT: NonNullable<InstallProviderOptions['logger']> = {
  ...{ debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} },
  getLevel: () => LogLevel.ERROR,
};
