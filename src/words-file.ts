/** Reads the catalogues of words from disk, for the rooms that may not. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config.ts';
import { createWords, type Words } from './message/words.ts';

const catalogue = z.record(z.string(), z.string());

/** The words of a locale; English where a locale has no catalogue. @throws ConfigError when a catalogue is broken. */
export async function loadWords(folder: string): Promise<(locale: string) => Words> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const loaded = await Promise.all(
    files.map(async (file): Promise<[string, Words]> => {
      const locale = basename(file, '.json');
      const parsed = catalogue.safeParse(parseJson(await readFile(join(folder, file), 'utf8')));
      if (!parsed.success) throw new ConfigError([`locales/${file}: is not a catalogue; restore it from the repository`]);
      return [locale, createWords(locale, parsed.data)];
    }),
  );
  const words = new Map(loaded);
  const english = words.get('en');
  if (english === undefined) throw new ConfigError(['locales/en.json: is missing; restore it from the repository']);
  return (locale) => words.get(locale) ?? english;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
