/** One of several processes in which people press the button of one task at the same moment. Started by `fork`. */
import { openPostgres } from '../../src/store/postgres.ts';
import { type Clicks, clickAtOnce } from './clicks.ts';

const store = await openPostgres({ url: process.env.BENCH_DATABASE ?? '' });
process.on('message', (clicks: Clicks) => void clickAtOnce(store, clicks).then((clicked) => process.send?.(clicked)));
process.on('disconnect', () => void store.close());
process.send?.('ready');
