import { z } from 'zod';

/** What an operator sets for Discord. */
export const discordSchema = z.strictObject({
  token: z.string().min(1).meta({ description: 'The token of the bot. A secret.' }),
  applicationId: z.string().regex(/^\d+$/).nullable().default(null).meta({ description: 'Asked of Discord when it is not given.' }),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://discord.com/api')
    .meta({ description: 'Where the API is; for tests and proxies.' }),
});

export type DiscordConfig = z.infer<typeof discordSchema>;
