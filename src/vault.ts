/** Where adapters keep the secrets of installations: the store has them sealed, and only this room opens them. */
import type { Vault } from './adapters/adapter.ts';
import type { Logger } from './lib/log.ts';
import { type Seal, SealError } from './lib/seal.ts';
import type { Store } from './store/store.ts';

/** The vault of one platform. What an old key sealed is sealed anew when it is read. @throws SealError where it is not to be opened. */
export function createVault({ secrets }: Pick<Store, 'secrets'>, seal: Seal, platform: string): Vault {
  const about = (id: string) => `${platform}/${id}`;
  return {
    read: async (id) => {
      const was = await secrets.get({ platform, id });
      if (was === null) return null;
      const secret = seal.open(was, about(id));
      // Only in place of what was read: somebody may have written a new one since.
      if (seal.isOld(was)) await secrets.replace({ platform, id }, { was, sealed: seal.seal(secret, about(id)) });
      return secret;
    },
    write: (id, secret) => secrets.put({ platform, id }, seal.seal(secret, about(id))),
    remove: (id) => secrets.remove({ platform, id }),
    ids: () => secrets.ids(platform),
  };
}

/**
 * Opens every secret once, so that a key that is missing is known at the start, and an old one is needed no more after it.
 * Nothing ends for it: the workspaces that can be served are served.
 */
export async function proveVault(vault: Vault, log: Logger): Promise<void> {
  const closed: SealError['reason'][] = [];
  for (const id of await vault.ids()) {
    await vault.read(id).catch((cause: unknown) => {
      if (!(cause instanceof SealError)) throw cause;
      closed.push(cause.reason);
    });
  }
  if (closed.length > 0) log.error({ workspaces: closed.length, damaged: closed.filter((reason) => reason === 'damaged').length }, CLOSED);
}

const CLOSED =
  'ENCRYPTION_KEY does not open the tokens of some workspaces, and nothing is posted there; put the key that sealed them behind the first one, ' +
  'with a comma between; where it is lost, those workspaces install the bot again';

/** Without a key nothing is kept. */
export const NO_VAULT: Vault = {
  read: async () => null,
  write: () => Promise.reject(new Error('without ENCRYPTION_KEY no secret is kept')),
  remove: async () => undefined,
  ids: async () => [],
};
