/** The parts of an operator's file, for laying one over another. */
import type { DateFactInput } from '../date-schema.ts';
import type { OperatorFile } from '../schema.ts';
import type { ImportedFact } from './read-rows.ts';

export interface Slot {
  get(): DateFactInput | undefined;
  set(input: DateFactInput): void;
}

type Listed = NonNullable<OperatorFile['states']>[number];

/** Where a file holds one date. */
export function dateSlot(file: OperatorFile, { state, kind }: ImportedFact['place']): Slot {
  if (kind === 'session') return slot(file, 'dates');
  const holder = state === null ? file : listedIn(file, state);
  if (kind === 'review' && state !== null) return slot(listedIn(file, state), 'review');
  return {
    get: () => holder.deadlines?.[kind],
    set: (input) => {
      holder.deadlines = { ...holder.deadlines, [kind]: input };
    },
  };
}

function slot<K extends string>(holder: Partial<Record<K, DateFactInput | undefined>>, key: K): Slot {
  return {
    get: () => holder[key],
    set: (input) => {
      holder[key] = input;
    },
  };
}

function listedIn(file: OperatorFile, state: string): Listed {
  const found = file.states?.find((listed) => listed.state === state);
  if (found !== undefined) return found;
  const listed: Listed = { state };
  file.states = [...(file.states ?? []), listed];
  return listed;
}

/** What a file says beside dates, laid over what another said: single things are replaced, lists grow. */
export function mergeRest(old: OperatorFile, fresh: OperatorFile): OperatorFile {
  const states = [...(old.states ?? [])];
  for (const listed of fresh.states ?? []) {
    const index = states.findIndex(({ state }) => state === listed.state);
    const before = states[index];
    if (before === undefined) states.push(listed);
    else states[index] = { ...before, ...listed, events: joined(before.events, listed.events) };
  }
  const { version } = old;
  const sources = { ...old.sources, ...fresh.sources };
  return {
    ...{ ...old, ...fresh, version },
    notes: joined(old.notes, fresh.notes),
    also: joined(old.also, fresh.also),
    ...(states.length === 0 ? {} : { states }),
    ...(Object.keys(sources).length === 0 ? {} : { sources }),
  };
}

/** Both lists without repeats; undefined when there is nothing. */
export function joined<T>(some: readonly T[] | undefined, others: readonly T[] | undefined): T[] | undefined {
  const all = new Map([...(some ?? []), ...(others ?? [])].map((item) => [JSON.stringify(item), item]));
  return all.size === 0 ? undefined : [...all.values()];
}
