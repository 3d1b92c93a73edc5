/** What an operator copies: the image, compose and the systemd unit say what docs/operations.md promises. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dockerfilelint from 'dockerfilelint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('The Dockerfile', () => {
  test('has nothing that its linter finds', () => {
    expect(Object.values(dockerfilelint.run(ROOT, read('Dockerfile'))).flat()).toEqual([]);
  });

  test('copies what there is, and nothing else is sent to the engine', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
    const sent = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, name = '']) => name);

    expect(copied.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
    expect(sent.map((name) => name.replace('/*.js', '')).sort()).toEqual([...copied].sort());
  });

  test('starts as a user without rights, keeps its health, and builds nothing', () => {
    const text = read('Dockerfile');

    expect(text).toMatch(/^FROM node:24-slim$/m);
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK .*deploy\/healthcheck\.js/m);
    expect(text).toContain('npm ci --omit=dev --omit=optional --ignore-scripts');
  });
});

describe('compose.yaml', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Record<string, unknown>> };

  test('starts one process by default, and two on one PostgreSQL by its profile, each with a root that nobody writes', () => {
    const byDefault = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);

    expect(byDefault.map(([name]) => name)).toEqual(['upr-watch']);
    expect(services.worker).toMatchObject({ profiles: ['postgres'], deploy: { replicas: 2 }, read_only: true, cap_drop: ['ALL'] });
    expect(services['upr-watch']).toMatchObject({ read_only: true, security_opt: ['no-new-privileges:true'] });
  });
});

describe('The systemd unit', () => {
  test('does not start again what would only fail again, and may write its own folders alone', () => {
    const text = read('deploy/upr-watch.service');

    expect(text).toMatch(/^RestartPreventExitStatus=2 3 7$/m);
    for (const line of ['ProtectSystem=strict', 'NoNewPrivileges=yes', 'User=upr-watch', 'StateDirectory=upr-watch']) expect(text).toContain(`\n${line}\n`);
  });
});
