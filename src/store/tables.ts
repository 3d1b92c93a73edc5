/** The tables as both databases have them. Times are epoch milliseconds, booleans 0 or 1, `*_json` text holds JSON. */
import type { Generated } from 'kysely';
import type { TeamTables } from './team/tables.ts';

export interface Database extends TeamTables {
  meta: { key: string; value: string };
  calendar_files: { layer: string; file: string; version: number; body_json: string; loaded_at: number };
  revisions: { id: Generated<number>; at: number; reason: string; of_teams: Generated<number> };
  changes: {
    revision_id: number;
    seq: number;
    posted: number;
    known: string | null;
    change_json: string;
    /** The installation that alone hears of it; both empty for what all hear. */
    platform: Generated<string>;
    installation: Generated<string>;
  };
  deadlines: { id: string; version: number; since: number; when_key: string; gone: number; body_json: string };
  reviews: { id: string; body_json: string };
  corrections: { platform: string; installation: string; deadline_id: string; fact_json: string };
  /** Only what differs from what all see. `gone`: it was seen otherwise once; body `null`: it is not there for them. */
  team_deadlines: Database['deadlines'] & { platform: string; installation: string };
  team_reviews: Database['reviews'] & { platform: string; installation: string };
  /** Who heard of a date from their own view at a revision. */
  heard_apart: { revision_id: number; deadline_id: string; platform: string; installation: string };
  profiles: { id: Generated<number>; zone: string; hour: string; ladder: string };
  channels: {
    id: string;
    installation: string;
    platform: string;
    /** What one bot token serves. */
    lane: string;
    target_json: string;
    profile_id: number;
    quiet_json: string | null;
    locale: string;
    discreet: number;
    mention_role: string | null;
    digest_json: string | null;
    mute_json: string | null;
    managers_json: string;
    team_role: string | null;
    keep_days: Generated<number>;
  };
  installations: { platform: string; id: string; gone_at: number };
  secrets: { platform: string; id: string; sealed: string };
  subscriptions: {
    id: string;
    channel_id: string;
    owner: string;
    selector_json: string;
    active_from: number;
    status: 'active' | 'paused';
    reason: string | null;
  };
  follows: { profile_id: number; state: string; channel_id: string; subscription_id: string };
  fanouts: {
    id: Generated<number>;
    once_key: string;
    work_json: string;
    profile_id: number | null;
    state_index: number;
    cursor: string;
    done: number;
  };
  alerts: {
    id: Generated<number>;
    channel_id: string;
    lane: string;
    once_key: string;
    type: AlertType;
    deadline_id: string | null;
    version: number;
    when_key: string;
    lead: string;
    revision_id: number | null;
    seq: number | null;
    body_json: string | null;
    due_at: number;
    grace: number;
    not_before: number;
    retry_at: number;
    attempts: number;
    repeats: number;
    state: AlertState;
    reason: string | null;
    delivery_id: number | null;
    changed_at: number;
  };
  deliveries: {
    id: Generated<number>;
    channel_id: string;
    lane: string;
    once_key: string;
    type: string;
    state: 'sending' | 'sent' | 'postponed' | 'in-doubt' | 'failed';
    title: string;
    /** Whole while its outcome is unknown and saying it again is safe. */
    message_json: string | null;
    /** The process that sends it, and for which time: only a result with this number counts. */
    worker: string;
    fence: number;
    ref_json: string | null;
    reason: string | null;
    created_at: number;
    done_at: number | null;
  };
  feed_links: { channel_id: string; token_hash: string; made_at: number };
  leases: { name: string; owner: string; until: number };
  wakeups: { kind: string; subject: string; due_at: number; body_json: string };
}

/**
 * `digest` and `silence` speak for a week and a month; an `amendment` edits what was posted before. A `card` posts or
 * edits the living message of a plan, `history` tells in its thread what was done; a `nag` asks for a task, and
 * `plan-moved` tells what a change of the calendar means for a plan.
 */
export type AlertType = 'lead' | 'check' | 'change' | 'notice' | 'digest' | 'silence' | 'amendment' | 'card' | 'history' | 'nag' | 'plan-moved';

/** `folded`: said inside another message of the same channel (a catch-up or a correction). */
export type AlertState = 'pending' | 'sending' | 'sent' | 'folded' | 'in-doubt' | 'failed' | 'superseded';
