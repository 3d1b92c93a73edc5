/** The tables of teams. */
import type { Generated } from 'kysely';
import type { Bridge, ResponseStatus } from '../../domain/team/response.ts';
import type { Asked, Holder } from '../../domain/team/task.ts';

export interface TeamTables {
  responses: {
    id: string;
    platform: string;
    installation: string;
    channel_id: string;
    deadline_id: string;
    template: string;
    title: string;
    planned_json: string;
    internal: string;
    status: ResponseStatus;
    reference: string | null;
    reason: string | null;
    sign_on_json: string | null;
    created_at: number;
    closed_at: number | null;
    /** When it was closed or its date was over, whichever came first: from then on it is kept for its time. */
    over_at: number;
    version: number;
  };
  tasks: {
    response_id: string;
    number: number;
    title: string;
    phase: string;
    suits: string | null;
    cluster: string | null;
    due_on: string;
    compressed: number;
    holder_kind: Holder['kind'] | null;
    holder_platform: string | null;
    holder_installation: string | null;
    /** The id of a person or role, the name of a cluster. */
    holder_name: string | null;
    done_at: number | null;
    reference: string | null;
    snooze_json: string | null;
    asked: Asked;
    asked_at: number | null;
    heard_at: number | null;
    version: number;
  };
  cards: { response_id: string; channel_id: string; ref_json: string };
  team_log: {
    id: Generated<number>;
    response_id: string;
    task: number | null;
    at: number;
    by_platform: string | null;
    by_installation: string | null;
    by_id: string | null;
    what: string;
    before_json: string | null;
    /** The side that had the task before. */
    held_platform: string | null;
    held_installation: string | null;
  };
  bridges: {
    id: string;
    response_id: string;
    owner_platform: string;
    owner_installation: string;
    partner_platform: string | null;
    partner_installation: string | null;
    partner_channel: string | null;
    owner_shows: Bridge['ownerShows'];
    partner_shows: Bridge['partnerShows'];
    status: Bridge['status'];
    code_hash: string | null;
    code_until: number;
    version: number;
  };
}
