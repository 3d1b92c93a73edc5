import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import { type Config, loadConfig } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Io } from './io.ts';

/** Opens the store of the configuration for one piece of work, and closes it whatever happens. @throws ConfigError, StoreError. */
export async function withStore<T>(io: Io, folder: string, work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig({ env: io.env, folder, platforms: PLATFORM_NAMES });
  const store = await openStore(config.database);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}
