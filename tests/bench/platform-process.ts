/** The fake platform in a process of its own, as a platform is: it shares no core's time with the bot. Started by `fork`. */
import { startPlatform } from '../support/fake-platform/server.ts';

const ahead = Number(process.env.BENCH_AHEAD ?? 0);
const platform = await startPlatform({ flavour: 'discord', limits: { token: null, channel: null }, now: () => Date.now() + ahead });
process.send?.(platform.url);
process.on('message', () => process.send?.(platform.posted().map(({ at }) => at)));
process.on('disconnect', () => void platform.close());
