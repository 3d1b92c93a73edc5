// Loads what a start loads, each adapter included, so that its compiled form lies in NODE_COMPILE_CACHE.
import module from 'node:module';

module.enableCompileCache();
const rooms = ['main.ts', 'cli/start.ts', 'app.ts', 'store/sqlite.ts', 'store/postgres.ts'];
const adapters = ['console', 'discord', 'slack'].map((platform) => `adapters/${platform}/index.ts`);
for (const room of [...rooms, ...adapters]) await import(new URL(`../src/${room}`, import.meta.url).href);
module.flushCompileCache();
