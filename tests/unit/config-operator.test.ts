import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const FOLDER = join(import.meta.dirname, '../../config');
const operatorOf = (text?: string) => loadConfig({ env: { OPERATOR_CHANNEL: text }, folder: FOLDER, platforms: ['console'] }).operator;

function faultsOf(text: string): readonly string[] {
  try {
    operatorOf(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('OPERATOR_CHANNEL', () => {
  test.each([undefined, ''])('left as %o means the log only', (text) => {
    expect(operatorOf(text)).toBeNull();
  });

  test('is a channel of Discord by its id, on a platform that this version may not build', () => {
    expect(operatorOf('discord:1234567890123456789')).toEqual({ platform: 'discord', installation: 'discord', channel: '1234567890123456789' });
  });

  test.each([
    ['slack:T0123ABCD/C0456EFGH', 'T0123ABCD', 'C0456EFGH'],
    ['slack:E0123ABCD/G0456EFGH', 'E0123ABCD', 'G0456EFGH'],
    ['slack:T0123ABCD/D0456EFGH', 'T0123ABCD', 'D0456EFGH'],
  ])('%s is a channel of a Slack team', (text, installation, channel) => {
    expect(operatorOf(text)).toEqual({ platform: 'slack', installation, channel });
  });

  test('is a channel of the console by its name', () => {
    expect(operatorOf(' console:operator ')).toEqual({ platform: 'console', installation: 'console', channel: 'operator' });
  });

  test.each(['discord:', 'discord:general', 'discord:123/456', 'discord:<#123>'])('%s is answered with how a Discord channel is written', (text) => {
    expect(faultsOf(text)).toEqual([
      'OPERATOR_CHANNEL: names a Discord channel by something that is not its id; an id is digits only; write discord:<channel id>, such as discord:1234567890123456789',
    ]);
  });

  test.each(['slack:', 'slack:C0456EFGH', 'slack:T0123ABCD/general', 'slack:T0123ABCD/U0456EFGH', 'slack:C0456EFGH/T0123ABCD', 'slack:T0123ABCD/C0456EFGH/1'])(
    '%s is answered with how a Slack channel is written',
    (text) => {
      expect(faultsOf(text)).toEqual([
        'OPERATOR_CHANNEL: names a Slack channel by something that is not its ids; a team id begins with T or E, a channel id with C, G or D; write slack:<team id>/<channel id>, such as slack:T0123ABCD/C0123ABCD',
      ]);
    },
  );

  test('console: without a name is answered with an example', () => {
    expect(faultsOf('console:')).toEqual(['OPERATOR_CHANNEL: names no channel of the console; write console:<name>, such as console:operator']);
  });

  test.each(['general', '1234567890', 'Discord:1', 'https://hooks.slack.com/services/T0/B0/secret'])(
    'without a platform, as in %s, is answered with what may be written and not repeated',
    (text) => {
      expect(faultsOf(text)).toEqual([
        'OPERATOR_CHANNEL: does not begin with a platform; write discord:<channel id>, slack:<team id>/<channel id> or console:<name>, or leave it empty for the log',
      ]);
    },
  );
});
