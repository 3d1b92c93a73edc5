/** Responses and tasks as rows of a database, and back. */
import { z } from 'zod';
import { passesAt } from '../../domain/calendar/when.ts';
import type { Response } from '../../domain/team/response.ts';
import type { Holder, Task } from '../../domain/team/task.ts';
import { endOfDay, type Instant } from '../../domain/time.ts';
import type { TeamTables } from './tables.ts';

const when = z.object({
  precision: z.enum(['minute', 'day', 'month', 'unknown']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  time: z.string().nullable(),
  zone: z.string(),
});
const signOn = z.object({ closesOn: z.string(), count: z.int().nonnegative(), link: z.string().nullable() });
export const snooze = z.object({ until: z.string(), reason: z.string() });

/** Reads JSON that this house wrote; throws on anything else. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text));
}

export function toResponseRow(response: Response): TeamTables['responses'] {
  return {
    id: response.id,
    platform: response.side.platform,
    installation: response.side.installation,
    channel_id: response.channel,
    deadline_id: response.deadline,
    template: response.template,
    title: response.title,
    planned_json: JSON.stringify(response.plannedFor),
    internal: response.internal,
    status: response.status,
    reference: response.reference,
    reason: response.reason,
    sign_on_json: response.signOn === null ? null : JSON.stringify(response.signOn),
    created_at: response.createdAt,
    closed_at: response.closedAt,
    over_at: overAt(response),
    version: response.version,
  };
}

/** Where nothing is known of the date, the team's own deadline stands for it, so that nothing is kept for ever. */
function overAt({ plannedFor, internal, closedAt }: Response): Instant {
  const passed = passesAt(plannedFor) ?? endOfDay(internal, plannedFor.zone);
  return closedAt === null ? passed : Math.min(passed, closedAt);
}

export function toResponse(row: TeamTables['responses']): Response {
  return {
    id: row.id,
    side: { platform: row.platform, installation: row.installation },
    channel: row.channel_id,
    deadline: row.deadline_id,
    template: row.template,
    title: row.title,
    plannedFor: readJson(when, row.planned_json),
    internal: row.internal,
    status: row.status,
    reference: row.reference,
    reason: row.reason,
    signOn: row.sign_on_json === null ? null : readJson(signOn, row.sign_on_json),
    createdAt: row.created_at,
    closedAt: row.closed_at,
    version: row.version,
  };
}

export function toTaskRow(task: Task): TeamTables['tasks'] {
  const { holder } = task;
  return {
    response_id: task.response,
    number: task.number,
    title: task.title,
    phase: task.phase,
    suits: task.suits,
    cluster: task.cluster,
    due_on: task.dueOn,
    compressed: task.compressed ? 1 : 0,
    holder_kind: holder?.kind ?? null,
    holder_platform: holder?.side.platform ?? null,
    holder_installation: holder?.side.installation ?? null,
    holder_name: holder === null ? null : holder.kind === 'cluster' ? holder.name : holder.id,
    done_at: task.doneAt,
    reference: task.reference,
    snooze_json: task.snooze === null ? null : JSON.stringify(task.snooze),
    asked: task.asked,
    asked_at: task.askedAt,
    heard_at: task.heardAt,
    version: task.version,
  };
}

export function toTask(row: TeamTables['tasks']): Task {
  return {
    response: row.response_id,
    number: row.number,
    title: row.title,
    phase: row.phase,
    suits: row.suits,
    cluster: row.cluster,
    dueOn: row.due_on,
    compressed: row.compressed === 1,
    holder: toHolder(row),
    doneAt: row.done_at,
    reference: row.reference,
    snooze: row.snooze_json === null ? null : readJson(snooze, row.snooze_json),
    asked: row.asked,
    askedAt: row.asked_at,
    heardAt: row.heard_at,
    version: row.version,
  };
}

function toHolder(row: TeamTables['tasks']): Holder | null {
  const { holder_kind: kind, holder_platform: platform, holder_installation: installation, holder_name: name } = row;
  if (kind === null || platform === null || installation === null || name === null) return null;
  const side = { platform, installation };
  return kind === 'cluster' ? { kind, side, name } : { kind, side, id: name };
}
