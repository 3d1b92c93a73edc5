import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { relatedFile } from '../calendar/related.ts';
import { councilFile, holidaysFile, operatorFile, rulesFile, sessionFile, sourcesFile, statesFile } from '../calendar/schema.ts';
import { limitsFile } from '../limits-file.ts';
import { planFile } from '../plan-schema.ts';
import type { Io } from './io.ts';
import { outputs } from './output.ts';

const FILES = {
  session: sessionFile,
  operator: operatorFile,
  'hrc-sessions': councilFile,
  states: statesFile,
  holidays: holidaysFile,
  rules: rulesFile,
  sources: sourcesFile,
  related: relatedFile,
};

/** JSON Schemas by path below the folder that holds `config/`. */
export function schemaTexts(): ReadonlyMap<string, string> {
  const text = (schema: z.ZodType) => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
  const files = Object.entries(FILES).map(([name, schema]): [string, string] => [`config/calendar/schema/${name}.json`, text(schema)]);
  const team: [string, string][] = [
    ['config/plans/schema.json', text(planFile)],
    ['config/length-limits.schema.json', text(limitsFile)],
  ];
  const output = z.object(outputs).meta({ description: 'What each command prints with --json, by command.' });
  return new Map([...files, ...team, ['docs/cli-output.schema.json', text(output)]]);
}

/** Writes them where editors and readers find them. */
export async function writeSchemas(io: Io, { config }: { readonly config: string }): Promise<void> {
  for (const [path, text] of schemaTexts()) {
    const file = join(config, '..', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    io.write(`${path}\n`);
  }
}
