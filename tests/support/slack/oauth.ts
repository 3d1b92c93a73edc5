/** How an app is installed and thrown out: the page that asks, one-time codes, and tokens that end. */
import { randomBytes } from 'node:crypto';
import { type Answer, ok, Refusal } from './answers.ts';
import { type Call, type Methods, text } from './methods.ts';
import { appIdOf, clientOf } from './plan.ts';
import type { Token, World } from './store.ts';

const CODE_MS = 10 * 60_000;

/** What the page is asked for, as its address says it. */
export interface Asked {
  readonly clientId: string;
  readonly scope: string;
  readonly state?: string;
  readonly redirectUri?: string;
}

export interface Consent extends Asked {
  readonly team: string;
  readonly user: string;
}

interface Code extends Consent {
  readonly at: number;
  isUsed: boolean;
}

/** Called when tokens end. */
type OnEnd = (team: string, what: 'revoked' | 'uninstalled') => void;

export function createOAuth(world: World, onEnd: OnEnd) {
  const { plan } = world;
  const client = clientOf(plan);
  const codes = new Map<string, Code>();
  let minted = 0;

  /** What is wrong with what the page is asked for; null when somebody can agree. */
  function refusalToAsk({ clientId, scope, redirectUri }: Asked): string | null {
    if (clientId !== client.clientId) return 'invalid_client_id';
    if (scope.trim() === '') return 'invalid_scope';
    const mayReturn = plan.redirectUrls?.some((url) => redirectUri?.startsWith(url)) ?? true;
    return redirectUri !== undefined && !mayReturn ? 'bad_redirect_uri' : null;
  }

  /** Back to the bot, as the browser is sent there. */
  function back(asked: Asked, params: Record<string, string>): string {
    const refusal = refusalToAsk(asked);
    if (refusal !== null) throw new Error(`The page says ${refusal}`);
    const url = new URL(asked.redirectUri ?? plan.redirectUrls?.[0] ?? 'https://bot.example/slack/oauth_redirect');
    for (const [key, value] of Object.entries({ ...params, state: asked.state ?? '' })) url.searchParams.set(key, value);
    return String(url);
  }

  /** The token stays the same as long as the app is installed. */
  function tokenFor({ team, scope }: Code): { readonly value: string; readonly token: Token } {
    const wanted = scope.split(/[\s,]+/);
    const found = [...world.tokens].find(([, token]) => token.team === team && token.state === 'active');
    if (found !== undefined) {
      const [value, token] = found;
      token.scopes = [...new Set([...token.scopes, ...wanted])];
      return { value, token };
    }
    const planned = world.teams.get(team)?.botToken ?? '';
    const value = world.tokens.has(planned) ? `${planned}-${++minted}` : planned;
    const token: Token = { team, scopes: wanted, state: 'active' };
    world.tokens.set(value, token);
    return { value, token };
  }

  function access({ args }: Call): Answer {
    if (args.client_id !== client.clientId) throw new Refusal('invalid_client_id');
    if (args.client_secret !== client.clientSecret) throw new Refusal('bad_client_secret');
    const code = codes.get(text(args.code));
    if (code === undefined || code.isUsed || plan.now() > code.at + CODE_MS) throw new Refusal('invalid_code');
    if ((args.redirect_uri ?? '') !== (code.redirectUri ?? '')) throw new Refusal('bad_redirect_uri');
    code.isUsed = true;
    const workspace = world.teams.get(code.team);
    const { value, token } = tokenFor(code);
    return ok({
      ...{ access_token: value, token_type: 'bot', scope: token.scopes.join(','), bot_user_id: workspace?.botUser, app_id: appIdOf(plan) },
      ...{ team: { id: code.team, name: workspace?.name ?? code.team }, enterprise: null, is_enterprise_install: false, authed_user: { id: code.user } },
    });
  }

  function end(team: string, state: 'revoked' | 'gone'): void {
    for (const token of world.tokens.values()) if (token.team === team && token.state === 'active') token.state = state;
    onEnd(team, state === 'gone' ? 'uninstalled' : 'revoked');
  }

  function uninstall({ args, grant }: Call): Answer {
    if (args.client_id !== client.clientId) throw new Refusal('invalid_client_id');
    if (args.client_secret !== client.clientSecret) throw new Refusal('bad_client_secret');
    end(grant.team, 'gone');
    return ok();
  }

  function revoke({ args, grant }: Call): Answer {
    if (args.test === 'true' || args.test === true) return ok({ revoked: false });
    end(grant.team, 'revoked');
    return ok({ revoked: true });
  }

  const methods: Methods = {
    'oauth.v2.access': { as: 'anybody', tier: 600, args: ['client_id', 'client_secret', 'code', 'redirect_uri', 'grant_type'], handle: access },
    'auth.revoke': { as: 'bot', args: ['test'], handle: revoke },
    'apps.uninstall': { as: 'bot', args: ['client_id', 'client_secret'], handle: uninstall },
  };

  return {
    methods,
    /** The page itself. */
    page: (asked: Asked): Answer => {
      const refusal = refusalToAsk(asked);
      return refusal === null ? { status: 200, body: `UPR Watch asks for ${asked.scope}` } : { status: 400, body: refusal };
    },
    control: {
      /** Somebody agrees; the address that their browser is sent to. {@link askedBy} reads the address of the page. */
      approve: (consent: Consent): string => {
        const code = `${codes.size + 1}.${randomBytes(12).toString('hex')}`;
        const url = back(consent, { code });
        if (!world.teams.has(consent.team)) throw new Error(`There is no workspace ${consent.team}`);
        codes.set(code, { ...consent, at: plan.now(), isUsed: false });
        return url;
      },
      /** Somebody does not. */
      deny: (asked: Asked): string => back(asked, { error: 'access_denied' }),
      /** An administrator throws the app out. */
      uninstall: (team: string): void => end(team, 'gone'),
      /** An administrator ends a token; the app stays. */
      revoke: (value: string): void => {
        const token = world.tokens.get(value);
        if (token === undefined) throw new Error('There is no such token');
        end(token.team, 'revoked');
      },
    },
  };
}

/** What the address of the page asks for. */
export function askedBy(address: string): Asked {
  const { searchParams } = new URL(address);
  const [state, redirectUri] = [searchParams.get('state'), searchParams.get('redirect_uri')];
  return {
    ...{ clientId: searchParams.get('client_id') ?? '', scope: searchParams.get('scope') ?? '' },
    ...(state === null ? {} : { state }),
    ...(redirectUri === null ? {} : { redirectUri }),
  };
}
