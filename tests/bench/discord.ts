/** How fast Discord has an answer while the same process posts as much as Discord allows: the real bot, a Discord of ours beside it. */
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { systemClock } from '../../src/lib/clock.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aHome, ran, run } from '../support/a-process.ts';
import { startDiscord } from '../support/discord/server.ts';
import { addNotices, putChannels } from './lanes.ts';
import { type Figure, percentile } from './measure.ts';

const [GUILD, TOKEN] = ['100', 'MTIz.token.secret'];
const [CHANNELS, EVERY_MS] = [100, 50];
/** As people type them: beginnings, accents left out, one typo. */
const TYPED = ['ken', 'cote d', 'tog', 'united', 'korea', 'tanzanie', 'swit', 'kyrgz', 'congo', 'sao t', 'uni', 'ag', 'guinea b', 'libia', 'nica', 'yem'];

export async function discordMeanwhile(deliveries: number, questions: number): Promise<readonly Figure[]> {
  const home = aHome();
  const ids = Array.from({ length: CHANNELS }, (_, index) => String(1_000 + index));
  const discord = await startDiscord({
    ...{ now: Date.now, token: TOKEN, application: { id: '123' }, limits: { channel: { count: 5, perMs: 1_000 } } },
    guilds: [{ id: GUILD, name: 'bench', channels: ids.map((id) => ({ id, name: `c${id}`, type: ChannelType.GuildText })) }],
  });
  const env = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `${discord.url}/api`, LOG_LEVEL: 'info' };
  const published = await ran(home, ['commands', 'publish', 'discord'], env);
  if (published.code !== 0) throw new Error(published.err);
  const store = await openSqlite({ file: join(home.data, 'upr-watch.db') });
  await putChannels(store, 'discord', ids);
  for (let round = 0; round < deliveries / CHANNELS; round += 1) {
    await addNotices(store, { lane: 'discord', channels: ids, name: `${round}`, dueAt: Date.now() });
  }
  await store.close();
  const bot = run(home, ['start'], env);
  await bot.says('Listening to Discord', 'err');

  const asker = { user: '900', guild: GUILD, channel: ids[0] ?? '', name: 'upr', permissions: ['ManageChannels'] } as const;
  const completed: number[] = [];
  const answered: number[] = [];
  await discord.command({ ...asker, sub: 'next' });
  const from = performance.now();
  for (let index = 0; index < questions; index += 1) {
    await systemClock.sleep(Math.max(0, from + EVERY_MS * index - performance.now()));
    const at = performance.now();
    const typed = TYPED[index % TYPED.length] ?? '';
    await discord.complete({ ...asker, sub: 'state', options: { state: typed }, focused: 'state' });
    completed.push(performance.now() - at);
    if (index % 2 === 1) continue;
    const asked = performance.now();
    await discord.command({ ...asker, sub: index % 4 === 0 ? 'next' : 'state', ...(index % 4 === 0 ? {} : { options: { state: 'Togo' } }) });
    answered.push(performance.now() - asked);
  }
  const posted = discord.requests().filter(({ route }) => route.endsWith('/messages')).length;
  bot.process.kill('SIGTERM');
  await bot.ended;
  await discord.close();
  home.remove();
  const name = `Discord, ${deliveries.toLocaleString('en')} deliveries pending`;
  const spread = (values: readonly number[]) => `median ${percentile(values, 0.5).toFixed(1)} ms, longest ${Math.max(...values).toFixed(0)} ms`;
  return [
    {
      ...{ name: `${name}: autocompletion, p95`, target: '≤ 50 ms', unit: 'ms', values: [percentile(completed, 0.95)] },
      note: `${questions} of them, from Discord and back, gateway and HTTP included; ${spread(completed)}; ${posted} messages posted by then`,
    },
    {
      ...{ name: `${name}: a command acknowledged, longest`, target: '≤ 1 s', unit: 'ms', values: [Math.max(...answered)] },
      note: `${answered.length} of them, the answer itself; ${spread(answered)}`,
    },
  ];
}
