import { z } from 'zod';

/** What an operator may set for the console. */
export const consoleSchema = z.strictObject({
  color: z.boolean().default(true).meta({ description: 'Bold and colour when the output is a terminal; never in a file or a pipe.' }),
  width: z.int().min(20).max(400).default(100).meta({ description: 'Columns to wrap text at.' }),
});

export type ConsoleConfig = z.infer<typeof consoleSchema>;
