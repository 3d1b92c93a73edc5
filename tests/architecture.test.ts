/** The shape of the house: what may look at what, how large a room may grow, and that what is written about it is true. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environment } from '../src/config-schema.ts';

const ROOT = join(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');
const files = globSync('**/*.ts', { cwd: SRC }).sort();

interface Import {
  readonly file: string;
  readonly from: string;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return found.map((from) => ({ file, from: from.startsWith('.') ? relative(SRC, join(SRC, dirname(file), from)).replaceAll('\\', '/') : from }));
}

const imports = files.flatMap(importsOf);

/** What each room may see of the house; its own files always. */
const MAY_SEE: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  domain: [],
  message: ['domain/'],
  adapters: ['lib/', 'domain/', 'message/'],
  store: ['lib/', 'domain/', 'message/'],
  alerts: ['lib/', 'domain/', 'message/', 'adapters/adapter.ts', 'store/store.ts'],
  calendar: ['lib/', 'domain/', 'message/', 'adapters/adapter.ts', 'store/store.ts'],
  commands: ['lib/', 'domain/', 'message/', 'adapters/adapter.ts', 'store/store.ts'],
  web: ['lib/', 'domain/', 'message/', 'adapters/adapter.ts', 'store/store.ts'],
  'vault.ts': ['lib/', 'adapters/adapter.ts', 'store/store.ts'],
};
/** Rooms that put the house together see all of it. */
const SEE_ALL = [
  'cli',
  'app.ts',
  'app-chat.ts',
  'app-machines.ts',
  'app-web.ts',
  'app-site.ts',
  'main.ts',
  'config.ts',
  'config-schema.ts',
  'config-follows.ts',
  'config-platforms.ts',
  'roles.ts',
  'words-file.ts',
  'plan-schema.ts',
  'plans-file.ts',
  'limits-file.ts',
  'team-files.ts',
];

const roomOf = (file: string) => file.split('/')[0] ?? '';

describe('Floors', () => {
  test('imports go down only', () => {
    const wrong = imports
      .filter(({ file, from }) => files.includes(from) && roomOf(file) !== roomOf(from) && !SEE_ALL.includes(roomOf(file)))
      .filter(({ file, from }) => !(MAY_SEE[roomOf(file)] ?? []).some((seen) => from.startsWith(seen)))
      .map(({ file, from }) => `${file} may not import ${from}`);

    expect(wrong).toEqual([]);
  });

  test('every room has a floor', () => {
    const rooms = [...new Set(files.map(roomOf))];

    expect(rooms.filter((room) => MAY_SEE[room] === undefined && !SEE_ALL.includes(room))).toEqual([]);
  });

  test('no adapter sees another', () => {
    const platform = (file: string) => /^adapters\/([a-z]+)\//.exec(file)?.[1];
    const wrong = imports.filter(({ file, from }) => platform(file) !== undefined && platform(from) !== undefined && platform(file) !== platform(from));

    expect(wrong.map(({ file, from }) => `${file} may not import ${from}`)).toEqual([]);
  });

  test('one room only knows luxon, and one node-cron', () => {
    expect(imports.filter(({ from }) => from === 'luxon').map(({ file }) => file)).toEqual(['domain/time.ts']);
    expect(imports.filter(({ from }) => from === 'node-cron').map(({ file }) => file)).toEqual(['alerts/scheduler.ts']);
  });
});

describe('Purity', () => {
  const pure = files.filter((file) => ['domain', 'message'].includes(roomOf(file)));
  const FORBIDDEN = [/\bDate\.now\b/, /\bnew Date\(\)/, /\bperformance\./, /\bprocess\./, /\bMath\.random\b/, /'node:/, /\bfetch\(/, /\bsetTimeout\b/];

  test('domain and message ask neither the time nor the world', () => {
    const wrong = pure.flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      return FORBIDDEN.filter((pattern) => pattern.test(text)).map((pattern) => `${file} may not use ${pattern.source}`);
    });

    expect(wrong).toEqual([]);
  });

  test('only main.ts reads the environment', () => {
    const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(SRC, file), 'utf8')));

    expect(readers).toEqual(['main.ts']);
  });
});

describe('Sizes', () => {
  const length = (file: string) => readFileSync(join(SRC, file), 'utf8').split('\n').length;

  test('no room grows past 280 lines, and nine in ten stay under 200', () => {
    const long = files.filter((file) => length(file) > 200);

    expect(files.filter((file) => length(file) > 280)).toEqual([]);
    expect(long.length).toBeLessThanOrEqual(files.length / 10);
  });

  test('no room is named after nothing', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|types?|managers?|services?)(\.ts$|\/)/.test(file))).toEqual([]);
  });

  test('no function takes more than four positional parameters', () => {
    const wrong = files.flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      const heads = [...text.matchAll(/function (\w+)(?:<[^(]*>)?\(([^{}()]*)\)/g)];
      return heads.filter((head) => (head[2] ?? '').split(/,(?![^<]*>)/).filter((part) => part.trim() !== '').length > 4).map((head) => `${file}: ${head[1]}`);
    });

    expect(wrong).toEqual([]);
  });
});

describe('Adapters', () => {
  const platforms = readdirSync(join(SRC, 'adapters'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test.each(platforms.map((entry) => entry.name))('%s has the four rooms of an adapter, and a schema without an SDK', (platform) => {
    const names = ['index.ts', 'receive.ts', 'render.ts', 'schema.ts'];

    expect(names.filter((name) => !existsSync(join(SRC, 'adapters', platform, name)))).toEqual([]);
    expect(importsOf(`adapters/${platform}/schema.ts`).map(({ from }) => from)).toEqual(['zod']);
  });
});

describe('What is written', () => {
  test('.env.example names exactly what the environment may set', () => {
    const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const named = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);

    expect(named.sort()).toEqual(Object.keys(environment.shape).sort());
  });

  test('the README shows the two commands that set everything up, and stays short', () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');

    expect(text).toContain('npm ci && npm start');
    expect(text).toContain('npm ci && npm test');
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
  });

  test('every npm script and every sub-command that the docs name exists', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const program = readFileSync(join(SRC, 'cli/program.ts'), 'utf8');
    const commands = [...program.matchAll(/^ {2}([a-z]+): async/gm)].map((match) => match[1] ?? '');
    const docs = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
    const named = [...docs.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    const typed = [...docs.matchAll(/npx upr-watch ([a-z]+)/g)].map((match) => match[1] ?? '');

    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(typed.filter((name) => !commands.includes(name))).toEqual([]);
  });

  test('dependencies are pinned to exact versions', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });

    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
