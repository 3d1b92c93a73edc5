/** Turns what the schemas accepted into facts. Never fails: everything that can be wrong was said by the schema. */

import type { Certainty } from '../domain/calendar/certainty.ts';
import type {
  Claim,
  CouncilFacts,
  DateFact,
  HolidayYear,
  Look,
  Place,
  Provenance,
  ReviewEvent,
  Rule,
  Source,
  State,
  ValueFact,
} from '../domain/calendar/facts.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import type { CouncilPatch, ReviewPatch, SessionPatch } from '../domain/calendar/layers.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen, type When } from '../domain/calendar/when.ts';
import { GENEVA } from '../domain/time.ts';
import { type DateFactInput, readDateText } from './date-schema.ts';
import type { CouncilFile, HolidaysFile, OperatorFile, RulesFile, SourcesFile, StatesFile } from './schema.ts';

type Checked = { readonly checked: string };

export function whenOf(date: string, time?: string, zone: string = GENEVA): When {
  const read = readDateText(date);
  if (read === null || read === 'unknown') return unknownWhen(zone);
  if (!read.day) return rangeWhen(read.from, read.to, zone);
  return time === undefined ? dayWhen(read.from, zone) : minuteWhen(read.from, time, zone);
}

interface ProvenanceInput {
  certainty: Certainty;
  source: string[];
  checked?: string | undefined;
  known?: string | undefined;
  note?: string | undefined;
}

function provenanceOf(input: ProvenanceInput, file: Checked): Provenance {
  const { certainty, source, note } = input;
  return { certainty, source, checked: input.checked ?? file.checked, known: input.known ?? null, ...(note === undefined ? {} : { note }) };
}

export function claimOf(input: NonNullable<DateFactInput['disagrees']>[number], zone: string | undefined): Claim {
  const claim = { when: whenOf(input.date, input.time, zone), source: input.source, known: input.known ?? null };
  return input.why === undefined ? claim : { ...claim, why: input.why };
}

function lookOf(input: NonNullable<DateFactInput['looks']>[number]): Look {
  const { from, to } = whenOf(input.date);
  const look = { from: from ?? '', to: to ?? '', source: input.source, seen: input.seen };
  return input.note === undefined ? look : { ...look, note: input.note };
}

export function dateFactOf(input: DateFactInput, file: Checked): DateFact {
  const provenance = provenanceOf({ ...input, certainty: input.certainty ?? 'unknown', source: input.source ?? [] }, file);
  return {
    ...provenance,
    when: whenOf(input.date, input.time, input.zone),
    until: input.until ?? null,
    looks: (input.looks ?? []).map(lookOf),
    disagrees: (input.disagrees ?? []).map((claim) => claimOf(claim, input.zone)),
    earlier: (input.earlier ?? []).map((claim) => claimOf(claim, input.zone)),
  };
}

function datesOf(input: Partial<Record<string, DateFactInput>> | undefined, file: Checked): Partial<Record<DeadlineKind, DateFact>> {
  const entries = Object.entries(input ?? {}).filter((entry): entry is [string, DateFactInput] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([kind, fact]) => [kind, dateFactOf(fact, file)]));
}

type ReviewInput = NonNullable<OperatorFile['states']>[number];

function eventOf(input: NonNullable<ReviewInput['events']>[number], file: Checked): ReviewEvent {
  return {
    ...provenanceOf(input, file),
    on: input.on === 'unknown' ? null : input.on,
    what: input.what,
    to: input.to ?? null,
    council: input.council ?? null,
    ...(input.condition === undefined ? {} : { condition: input.condition }),
    ...(input.symbol === undefined ? {} : { symbol: input.symbol }),
  };
}

function valueFactOf<T>(input: (ProvenanceInput & { value: T }) | undefined, file: Checked): ValueFact<T> | null {
  return input === undefined ? null : { ...provenanceOf(input, file), value: input.value };
}

function reviewOf(input: ReviewInput, file: Checked): ReviewPatch {
  const optional = {
    ...(input.from === undefined ? {} : { from: input.from }),
    ...(input.known === undefined ? {} : { known: input.known }),
    ...(input.listing === undefined ? {} : { listing: provenanceOf(input.listing, file) }),
    ...(input.review === undefined ? {} : { review: dateFactOf(input.review, file) }),
    ...(input.note === undefined ? {} : { note: input.note }),
  };
  const values = {
    troika: valueFactOf(input.troika, file),
    documents: valueFactOf(input.documents, file),
    report: valueFactOf(input.report, file),
    recommendations: valueFactOf(input.recommendations, file),
    supported: valueFactOf(input.supported, file),
  };
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<typeof values>;
  return {
    state: input.state,
    ...optional,
    ...given,
    deadlines: datesOf(input.deadlines, file),
    events: (input.events ?? []).map((event) => eventOf(event, file)),
  };
}

/** A session as its file gives it; what the file leaves out is left out. */
export function sessionOf(file: OperatorFile): SessionPatch {
  return {
    number: file.session,
    ...(file.cycle === undefined ? {} : { cycle: file.cycle }),
    ...(file.dates === undefined ? {} : { dates: dateFactOf(file.dates, file) }),
    ...(file.held === undefined ? {} : { held: provenanceOf(file.held, file) }),
    ...(file.list === undefined ? {} : { list: { ...provenanceOf(file.list, file), order: file.list.order } }),
    ...(file.council === undefined
      ? {}
      : { council: { ...provenanceOf(file.council, file), session: file.council.session, adopted: file.council.adopted ?? false } }),
    deadlines: datesOf(file.deadlines, file),
    reviews: (file.states ?? []).map((review) => reviewOf(review, file)),
    notes: file.notes ?? [],
  };
}

export function councilsOf(file: CouncilFile): readonly CouncilPatch[] {
  return file.sessions.map(
    (input): CouncilFacts => ({
      number: input.session,
      dates: dateFactOf(input.dates, file),
      adoptions: input.adoptions === undefined ? null : dateFactOf(input.adoptions, file),
      deadlines: datesOf(input.deadlines, file),
      ...(input.note === undefined ? {} : { note: input.note }),
    }),
  );
}

export function statesOf(file: StatesFile): ReadonlyMap<string, State> {
  return new Map(
    file.states.map((input) => [
      input.code,
      { code: input.code, iso2: input.iso2, member: input.member ?? true, region: input.region ?? null, names: input.names, aliases: input.aliases ?? [] },
    ]),
  );
}

export function holidaysOf(file: HolidaysFile): readonly HolidayYear[] {
  return file.years.map((input) => ({
    year: input.year,
    days: input.days === 'unknown' ? null : input.days,
    source: input.source,
    checked: input.checked ?? file.checked,
    ...(input.note === undefined ? {} : { note: input.note }),
  }));
}

export function rulesOf(file: RulesFile): ReadonlyMap<string, Rule> {
  const entries = Object.entries(file.rules).map(([id, input]): [string, Rule] => {
    const [min, max] = input.between ?? [input.exactly ?? 0, input.exactly ?? 0];
    const { certainty, source, note } = input;
    return [id, { id, certainty, source, checked: input.checked ?? file.checked, min, max, ...(note === undefined ? {} : { note }) }];
  });
  return new Map(entries);
}

export function sourcesOf(file: Pick<SourcesFile, 'sources'>): readonly Source[] {
  return Object.entries(file.sources).map(([id, { url, name, says, not_before, class: kind }]) => ({
    id,
    url,
    name: name ?? null,
    notBefore: not_before ?? null,
    says,
    class: kind,
  }));
}

export function placesOf(file: SourcesFile): ReadonlyMap<string, Place> {
  return new Map(Object.entries(file.places).map(([id, input]) => [id, { id, ...input }]));
}
