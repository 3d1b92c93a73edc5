import type { Channel } from '../store/store.ts';
import type { Ask } from './asked.ts';

/** Whether who asks may change what this channel hears: by the platform's rights, or because the channel names them. */
export function mayManage({ by, channel }: Pick<Ask, 'by'> & { readonly channel: Pick<Channel, 'managers'> | null }): boolean {
  const named = channel?.managers ?? [];
  switch (by.may) {
    case 'all':
    case 'channel':
      return true;
    case 'unless-named':
      return named.length === 0 || isNamed(by.ids, named);
    case 'if-named':
      return isNamed(by.ids, named);
    case 'nothing':
      return false;
  }
}

function isNamed(ids: readonly string[], named: readonly string[]): boolean {
  return ids.some((id) => named.includes(id));
}
