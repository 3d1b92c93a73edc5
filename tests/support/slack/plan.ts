/** How a test describes its Slack. */

export interface ChannelPlan {
  readonly id: string;
  readonly name: string;
  /** The bot is in it; true when left out. */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
  readonly isPrivate?: boolean;
  /** Ids of the people in it; everybody when left out. */
  readonly members?: readonly string[];
}

export interface UserPlan {
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
  readonly tz?: string;
  readonly isAdmin?: boolean;
  readonly isOwner?: boolean;
  /** A guest of several channels. */
  readonly isRestricted?: boolean;
  /** A guest of one channel. */
  readonly isUltraRestricted?: boolean;
  /** From another organization, by Slack Connect. */
  readonly isStranger?: boolean;
  readonly isBot?: boolean;
}

export interface WorkspacePlan {
  readonly team: string;
  readonly name?: string;
  readonly botToken: string;
  readonly botUser: string;
  /** What was granted; all that the bot could use when left out. */
  readonly scopes?: readonly string[];
  /** False: somebody still has to install the app. */
  readonly isInstalled?: boolean;
  readonly channels: readonly ChannelPlan[];
  readonly users: readonly UserPlan[];
  /** How long a message can be edited; for ever when left out. */
  readonly editWindowMs?: number;
}

export interface SlackLimits {
  /** Messages; 1 when left out, and three at once. Null: no limit. */
  readonly channelPerSecond?: number | null;
  /** Messages in all channels together; no limit when left out. */
  readonly workspacePerSecond?: number | null;
  /** The tiers of the other methods; false turns them off. */
  readonly tiers?: boolean;
}

export interface SlackPlan {
  /** Slack's clock, epoch milliseconds. */
  now(): number;
  readonly workspaces: readonly WorkspacePlan[];
  readonly appId?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Where somebody may be sent back to after an installation; anywhere when left out. */
  readonly redirectUrls?: readonly string[];
  readonly limits?: SlackLimits;
  /** Where requests go instead of Socket Mode; see `deliverTo`. */
  readonly http?: { readonly url: string };
  /** How long an acknowledgement may take, by the machine's clock and by Slack's; three seconds when left out. */
  readonly ackWithinMs?: number;
  /** How long somebody looks for an answer after the acknowledgement, by the machine's clock; a second when left out. */
  readonly patienceMs?: number;
  /** How often Slack pings a connection, by the machine's clock; five seconds when left out. */
  readonly pingMs?: number;
}

export interface Channel extends ChannelPlan {
  readonly team: string;
}

export interface User extends UserPlan {
  readonly team: string;
}

export type Workspace = WorkspacePlan;

export const appIdOf = ({ appId = 'A0UPRWATCH' }: SlackPlan): string => appId;
export const botIdOf = ({ team }: Pick<WorkspacePlan, 'team'>): string => `B0${team}`;
export const appTokenOf = ({ appToken = 'xapp-1-test' }: SlackPlan): string => appToken;
export const signingSecretOf = ({ signingSecret = 'a-signing-secret' }: SlackPlan): string => signingSecret;
export const clientOf = ({ clientId = '1.1', clientSecret = 'a-client-secret' }: SlackPlan) => ({ clientId, clientSecret });
export const isIn = ({ members }: ChannelPlan, user: string): boolean => members?.includes(user) ?? true;
