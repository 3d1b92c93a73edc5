/** The app as Slack is told of it: https://docs.slack.dev/reference/app-manifest (read 2026-11-24). Pure. */
import { SCOPES } from './install.ts';

export interface ManifestPlan {
  /** Where the bot is reached from outside, without a path; null: by Socket Mode, which needs no address. */
  readonly http: string | null;
  /** Where workspaces install the app themselves; null where none does. */
  readonly install?: string | null;
}

/** What an operator pastes at https://api.slack.com/apps, as YAML or JSON. */
export function manifest({ http, install = http }: ManifestPlan): object {
  const requests = http === null ? {} : { request_url: address(http, '/slack/events') };
  const interactive = http === null ? {} : { ...requests, message_menu_options_url: address(http, '/slack/events') };
  const oauth = install === null ? {} : { redirect_urls: [address(install, '/slack/oauth_redirect')] };
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'UPR Watch',
      description: 'Dates of the Universal Periodic Review, in time',
      long_description: LONG,
      background_color: '#1a3d5c',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: false },
      bot_user: { display_name: 'upr-watch', always_online: false },
      slash_commands: [
        {
          command: '/upr',
          description: 'Dates of the Universal Periodic Review, and what this channel hears of them',
          usage_hint: 'next kenya | follow | settings | help',
          // A group that somebody types arrives with its id.
          should_escape: true,
          ...(http === null ? {} : { url: address(http, '/slack/events') }),
        },
      ],
    },
    oauth_config: { ...oauth, scopes: { bot: [...SCOPES] } },
    settings: {
      event_subscriptions: { ...requests, bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'] },
      interactivity: { is_enabled: true, ...interactive },
      org_deploy_enabled: false,
      socket_mode_enabled: http === null,
      token_rotation_enabled: false,
    },
  };
}

/** At least 174 characters, or Slack's page of the app asks for more. */
const LONG = [
  'UPR Watch follows every dated step of the Universal Periodic Review of the UN Human Rights Council and tells channels in time:',
  'submissions, reports, reviews, adoptions and what comes after them, each with its official date, its zone and its source.',
  'Nothing is posted that nobody asked for, and no message of anybody is read. /upr help lists what it answers.',
].join(' ');

function address(http: string, path: string): string {
  return `${http.replace(/\/+$/, '')}${path}`;
}
