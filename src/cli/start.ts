import { type Command, Option } from 'commander';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import { render } from '../adapters/console/render.ts';
import { buildApp } from '../app.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { createLog } from '../lib/log.ts';
import { releaseStartMemory } from '../lib/memory.ts';
import { ROLES, type Role } from '../roles.ts';
import type { Io } from './io.ts';

/** `upr-watch start`: the bot, until it is told to stop. */
export function startCommand(program: Command, io: Io): void {
  program
    .command('start')
    .description('run the bot')
    .addOption(new Option('--role <role>', 'what this process does, where several share one PostgreSQL').choices(ROLES).default('all'))
    .action(async (_local: unknown, command: Command) => {
      const { config: folder, role } = command.optsWithGlobals<{ config: string; role: Role }>();
      const config = loadConfig({ env: io.env, folder, platforms: PLATFORM_NAMES });
      if (role !== 'all' && !('url' in config.database))
        throw new ConfigError([`--role ${role} is for several processes on one PostgreSQL; set DATABASE_URL, or start without --role`]);
      const log = createLog(config.logLevel);
      const stopped = Promise.withResolvers<void>();
      const app = await buildApp({ config, role, clock: io.clock, log, output: io });
      io.onSignal({
        stop: () => stopped.resolve(),
        reload: () => void app.reload().catch((cause: unknown) => log.error({ err: cause }, 'The calendar could not be read again')),
      });
      io.write(render(app.greeting, { width: Math.min(100, Math.max(40, io.columns)), styled: io.isTerminal }));
      app.start();
      releaseStartMemory();
      const refusal = await Promise.race([stopped.promise, app.refused]);
      const late = await app.stop();
      if (late.length > 0) log.error({ late }, 'Some parts did not close in time');
      if (refusal instanceof ConfigError) throw refusal;
    });
}
