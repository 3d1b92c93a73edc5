import { describe, expect, test } from 'vitest';
import type { May } from '../../../src/adapters/adapter.ts';
import { mayManage } from '../../../src/commands/may-manage.ts';
import { SOMEBODY } from './a-chat.ts';

type Asking = Parameters<typeof mayManage>[0];

/** Somebody with a role, in a channel that names these managers; null where nobody set anything. */
function asks(may: May, managers: readonly string[] | null): boolean {
  const channel = managers === null ? undefined : { managers };
  return mayManage({ by: { ...SOMEBODY, ids: ['77', 'role-1'], may }, channel } as unknown as Asking);
}

const CHANNELS = [null, [], ['role-1'], ['77'], ['role-2'], ['role-2', 'role-1']] as const;

describe('Who may change what a channel hears', () => {
  test.each([
    ['all', [true, true, true, true, true, true]],
    ['channel', [true, true, true, true, true, true]],
    ['unless-named', [true, true, true, true, false, true]],
    ['if-named', [false, false, true, true, false, true]],
    ['nothing', [false, false, false, false, false, false]],
  ] as const)('by the right %s, where the channel is new, names nobody, their role, themselves, another, or several', (may, answers) => {
    expect(CHANNELS.map((managers) => asks(may, managers))).toEqual(answers);
  });
});
