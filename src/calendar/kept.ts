/** Sources that were shipped once, are shipped no more, and that files of the operator rest on: those files go on to count. */
import type { CalendarFacts, Source } from '../domain/calendar/facts.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { sourcesOf } from './file-facts.ts';
import { sourcesFile } from './schema.ts';
import { parseYamlFile } from './yaml-file.ts';

export const SOURCES_FILE = 'sources.yaml';

interface Kept {
  readonly sources: ReadonlyMap<string, Source>;
  /** What the store must remember of them once the shipped files are those of today; left out when it does already. */
  readonly fresh?: StoredFile;
}

/** @param shipped the sources as the store remembers them from the image before; empty when there was none. */
export async function keptSources(
  store: Store,
  { facts, shipped, applied }: { readonly facts: CalendarFacts; readonly shipped: string; readonly applied: readonly StoredFile[] },
): Promise<Kept> {
  const remembered = (await store.calendar.files('kept')).find(({ file }) => file === SOURCES_FILE)?.body ?? '';
  const isMissed = (id: string) => !facts.sources.has(id) && applied.some(({ body }) => body.includes(id));
  const missed = Object.entries({ ...entriesOf(remembered), ...entriesOf(shipped) }).filter(([id]) => isMissed(id));
  if (missed.length === 0) return { sources: new Map() };
  const body = JSON.stringify({ version: 1, checked: '2000-01-01', places: {}, sources: Object.fromEntries(missed) });
  const sources = new Map(sourcesOf({ sources: Object.fromEntries(missed) }).map((source) => [source.id, source]));
  return body === remembered ? { sources } : { sources, fresh: { layer: 'kept', file: SOURCES_FILE, version: 1, body } };
}

/** Of a text that was sound when it was stored; a YAML file may be JSON. */
function entriesOf(text: string) {
  const parsed = text === '' ? null : parseYamlFile(SOURCES_FILE, text, sourcesFile);
  return parsed === null || 'faults' in parsed ? {} : parsed.value.sources;
}
