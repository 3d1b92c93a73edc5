/** The shapes of `--json`. `npm run schema` writes them to docs/cli-output.schema.json; tests check real output against them. */
import { z } from 'zod';
import { CERTAINTIES, SOURCE_CLASSES } from '../domain/calendar/certainty.ts';
import { backupJson, restoreJson } from './backup-json.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const instant = z.iso.datetime();
const range = z.object({ from: day, to: day });

const source = z.object({ id: z.string(), url: z.string(), class: z.enum(SOURCE_CLASSES) });

const claim = z.object({ due: z.string(), range: range.nullable(), source: z.array(source), why: z.string().nullable() });

const look = z.object({ range, source: z.string(), seen: z.boolean() });

export const deadlineJson = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string().meta({ description: 'The kind in words, English.' }),
    session: z.int().nullable(),
    council: z.int().nullable(),
    states: z.array(z.object({ code: z.string(), name: z.string() })),
    due: z
      .string()
      .nullable()
      .meta({ description: 'A day, an instant with offset Z, or `first..last` when only a range is known; null when nothing is known.' }),
    precision: z.enum(['minute', 'day', 'month', 'unknown']).meta({ description: '`month` is anything coarser than a day.' }),
    range: range.nullable().meta({ description: 'First and last day it can fall on; null when nothing is known.' }),
    zone: z.string().meta({ description: 'The zone of the authority, in which the day is meant.' }),
    until: day.nullable(),
    certainty: z.enum(CERTAINTIES),
    standing: z.enum(['standing', 'suspended', 'moved-away', 'fallen']),
    daysLeft: z.int().nullable().meta({ description: 'Only for a date that can be counted on; never for an estimate.' }),
    basis: z.object({ by: z.enum(['fact', 'rule', 'nothing']), rule: z.string().nullable(), anchor: z.string().nullable() }),
    source: z.array(source),
    checked: day.nullable(),
    known: z.union([day, z.literal('always')]).meta({ description: '`always`: the calendar does not say from when it was known.' }),
    holidaysUnknown: z.array(z.int()),
    looks: z.array(look),
    disagrees: z.array(claim),
    contested: claim.nullable().meta({ description: 'A date of equal standing, in `disagrees` too; the earlier of both is `due`.' }),
    earlier: z.array(claim),
    whereToLook: z.object({ url: z.string(), publishes: z.string() }).nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Deadline' });

const event = z.object({
  on: day.nullable(),
  what: z.string(),
  toSession: z.int().nullable(),
  council: z.int().nullable(),
  condition: z.string().nullable(),
  symbol: z.string().nullable(),
  certainty: z.enum(CERTAINTIES),
  source: z.array(source),
  checked: day,
  known: z.union([day, z.literal('always')]),
});

export const reviewJson = z
  .object({
    id: z.string(),
    state: z.string(),
    session: z.int(),
    cycle: z.int(),
    stage: z.string(),
    since: day.nullable(),
    flags: z.array(z.object({ name: z.string(), since: day.nullable(), source: z.array(source) })),
    events: z.array(event),
    movedFrom: z.int().nullable(),
    movedTo: z.int().nullable(),
    council: z.int().nullable(),
    nationalReport: z
      .object({ due: z.string().nullable(), submitted: z.boolean().nullable(), looks: z.array(look) })
      .meta({ description: '`submitted` is null when no source says either way.' }),
  })
  .meta({ id: 'Review' });

const asked = { at: instant, asOf: day.nullable() };

export const nextJson = z.object({ ...asked, upcoming: z.array(deadlineJson), more: z.int(), unknown: z.array(deadlineJson) });

export const stateJson = z.object({
  ...asked,
  state: z.object({ code: z.string(), name: z.string() }),
  current: reviewJson.nullable().meta({ description: 'The latest listing: where the review stands now.' }),
  next: z
    .object({ session: z.int(), due: z.string().nullable(), daysLeft: z.int().nullable() })
    .nullable()
    .meta({ description: 'The review ahead; `due` has no day when none is set, and then there is no countdown.' }),
  reviews: z.array(z.object({ review: reviewJson, deadlines: z.array(deadlineJson) })),
});

export const sessionJson = z.object({
  ...asked,
  session: z.int(),
  cycle: z.int(),
  due: z.string().nullable(),
  until: day.nullable(),
  certainty: z.enum(CERTAINTIES),
  source: z.array(source),
  reviews: z.array(reviewJson),
  deadlines: z.array(deadlineJson),
});

export const checkJson = z.object({
  states: z.int(),
  observers: z.int(),
  originalListings: z.record(z.string(), z.int()).meta({ description: 'States listed originally, by cycle.' }),
  sessions: z.int(),
  councilSessions: z.int(),
  reviews: z.int(),
  sources: z.int(),
  dates: z.record(z.string(), z.int()).meta({ description: 'Deadlines by certainty.' }),
  facts: z.record(z.string(), z.int()).meta({ description: 'Written facts by certainty.' }),
  faults: z.array(z.object({ file: z.string(), line: z.int(), message: z.string() })),
});

export const simulateJson = z.object({
  from: instant,
  to: instant,
  messages: z.array(
    z.object({
      at: instant,
      type: z.enum(['changes', 'catch-up', 'leads', 'digest', 'silence']),
      channel: z.string(),
      title: z.string(),
      text: z.string(),
      about: z.array(z.object({ deadline: z.string().nullable(), review: z.string().nullable(), what: z.string() })),
    }),
  ),
  counts: z.object({ messages: z.int(), digests: z.int(), revisions: z.int() }),
});

export const changeJson = z.object({
  what: z.string(),
  about: z.string().meta({ description: 'Id of the date, or of the review.' }),
  before: z.string().nullable().meta({ description: 'A day, an instant or `first..last`; null when nothing was known.' }),
  after: z.string().nullable(),
  posted: z.boolean().meta({ description: 'Whether followers hear of it.' }),
});

export const waitingJson = z.object({
  id: z.string(),
  since: instant,
  files: z.array(z.string()).meta({ description: 'Empty: the calendar files that were shipped, or a feed.' }),
  changes: z.int(),
  channels: z.int(),
  withdrawn: z.int(),
});

export const applyJson = z.object({
  revision: z.int().nullable().meta({ description: 'Null when nothing changed, or it waits.' }),
  changes: z.array(changeJson),
  channels: z.int().meta({ description: 'Channels that hear of it once the running bot posts it.' }),
  messages: z.int(),
  waiting: waitingJson.nullable().meta({ description: 'Nothing is in force then before `calendar approve`.' }),
});

export const approveJson = z.object({ applied: applyJson.nullable(), waiting: z.array(waitingJson) });

export const previewJson = z.object({
  changes: z.array(changeJson),
  channels: z.int(),
  messages: z.int(),
  withdrawn: z.int(),
  needsApproval: z.boolean(),
  heard: z.array(z.object({ channels: z.int(), changes: z.int(), title: z.string(), text: z.string() })),
});

const remark = z.object({ line: z.int().meta({ description: '0 when it is about the whole file.' }), message: z.string() });
const valueJson = z.object({ date: z.string(), source: z.array(z.string()) });

export const importJson = z.object({
  written: z.array(z.string()),
  files: z.array(z.object({ file: z.string(), text: z.string() })),
  conflicts: z.array(z.object({ fact: z.string(), drives: valueJson, beside: valueJson })),
  same: z.int().meta({ description: 'Dates that the calendar has already, just so.' }),
  faults: z.array(remark),
  passedOver: z.array(remark),
  preview: previewJson.nullable(),
});

export const correctionsJson = z.object({
  corrections: z.int(),
  files: z.array(z.object({ file: z.string(), text: z.string() })),
  written: z.array(z.string()),
});

export const logJson = z.object({
  entries: z.array(
    z.object({
      revision: z.int(),
      at: instant,
      reason: z.string(),
      groups: z.array(z.object({ text: z.string(), changes: z.array(changeJson) })),
    }),
  ),
});

export const staleJson = z.object({
  at: instant,
  stale: z.array(
    z.object({
      fact: z.string().meta({ description: 'As `calendar checked` takes it.' }),
      kind: z.string(),
      name: z.string(),
      session: z.int().nullable(),
      council: z.int().nullable(),
      state: z.string().nullable(),
      due: z.string().nullable(),
      checked: day,
      unseenDays: z.int(),
      source: z.array(source),
      whereToLook: z.object({ url: z.string(), publishes: z.string() }).nullable(),
    }),
  ),
});

export const checkedJson = z.object({
  on: day,
  looked: z.array(z.object({ fact: z.string(), date: z.string(), source: z.string(), seen: z.boolean().nullable() })),
});

export const proofJson = z.object({
  since: instant,
  totals: z.record(z.string(), z.int()),
  alerts: z.array(
    z.object({
      channel: z.string(),
      alert: z.string().meta({ description: '`deadline|version|lead`, or `revision:number|change`.' }),
      due: instant,
      state: z.enum(['pending', 'sending', 'sent', 'folded', 'in-doubt', 'failed', 'superseded']),
      said: instant.nullable(),
      latenessSeconds: z.int().nullable(),
      reference: z.string().nullable().meta({ description: 'What the platform calls the message.' }),
      repeats: z.int(),
      reason: z.string().nullable(),
    }),
  ),
});

export const keysJson = z.object({
  signingKey: z.string().meta({ description: 'Secret: CALENDAR_SIGNING_KEY of the bot that publishes.' }),
  feedKey: z.string().meta({ description: 'Public: CALENDAR_FEED_KEY of those who follow it.' }),
});

export const doctorJson = z.object({
  well: z.boolean(),
  findings: z.array(z.object({ what: z.string(), well: z.boolean(), detail: z.string() })),
});

export const outputs = {
  next: nextJson,
  state: stateJson,
  session: sessionJson,
  'calendar check': checkJson,
  'calendar apply': applyJson,
  'calendar approve': approveJson,
  'calendar preview': previewJson,
  'calendar import': importJson,
  'calendar log': logJson,
  'calendar stale': staleJson,
  'calendar checked': checkedJson,
  'calendar keys': keysJson,
  'calendar export-corrections': correctionsJson,
  simulate: simulateJson,
  proof: proofJson,
  doctor: doctorJson,
  backup: backupJson,
  restore: restoreJson,
};
