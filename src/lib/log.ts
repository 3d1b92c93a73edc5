import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Names of fields that never reach a log line, wherever they stand. */
const SECRET = ['token', 'secret', 'password', 'authorization', 'encryptionKey', 'signingKey', '*.token', '*.secret', '*.password', '*.authorization'];

/** Lines of JSON on standard error, so that standard output stays the console channel's. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, redact: { paths: SECRET, censor: '[secret]' } };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
}
