import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/config.ts';
import { templateFor, templatesThatSuit } from '../../../src/domain/team/template.ts';
import { loadTeamFiles } from '../../../src/team-files.ts';
import { shippedFacts } from '../../support/shipped.ts';

const CONFIG = fileURLToPath(new URL('../../../config', import.meta.url));
const facts = await shippedFacts();
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'upr-team-'));
  folders.push(folder);
  cpSync(join(CONFIG, 'plans'), join(folder, 'plans'), { recursive: true });
  cpSync(join(CONFIG, 'length-limits.yaml'), join(folder, 'length-limits.yaml'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await loadTeamFiles(folderWith(files), facts).then(
    () => [],
    (cause: unknown) => cause,
  );
  if (found instanceof ConfigError) return found.faults;
  expect(found).toEqual([]);
  return [];
}

const OWN = `title: Our own
also_for: [stakeholder_submission]
phases:
  - title: Write
    before: 30d
    tasks:
      - { title: Write it, suits: author, cluster: Housing }
      - { title: Send it, before: internal }
`;

describe('The plans', () => {
  test('that are shipped have a usual one for each kind that asks for work', async () => {
    const { plans } = await loadTeamFiles(CONFIG, facts);

    expect(templateFor('stakeholder_submission', plans.values())?.id).toBe('joint-submission');
    expect(templatesThatSuit('stakeholder_submission', plans.values()).map(({ id }) => id)).toEqual(['joint-submission', 'individual-submission']);
    expect(
      ['presession', 'presession_application', 'advance_questions', 'hrc_written_statement', 'mid_term_report'].map(
        (kind) => templateFor(kind as 'presession', plans.values())?.id,
      ),
    ).toEqual([...['pre-session', 'pre-session-application', 'mission-lobbying', 'adoption-statement', 'mid-term-report']]);
    expect(templateFor('troika_selection', plans.values())).toBeNull();
  });

  test('hold one that a team added, under the name of its file', async () => {
    const { plans } = await loadTeamFiles(folderWith({ 'plans/our-own.yaml': OWN }), facts);

    expect(plans.get('our-own')).toEqual({
      id: 'our-own',
      title: 'Our own',
      for: [],
      alsoFor: ['stakeholder_submission'],
      internal: { count: 2, unit: 'wd' },
      tasks: [
        { title: 'Write it', phase: 'Write', due: { side: 'before', offset: { count: 30, unit: 'd' } }, suits: 'author', cluster: 'Housing' },
        { title: 'Send it', phase: 'Write', due: { side: 'internal' }, suits: null, cluster: null },
      ],
    });
  });

  test('that are broken stop the start with every fault, its line and what to do', async () => {
    const broken = `title: Broken
for: [lunch]
also_fro: [presession]
phases:
  - title: Write
    tasks:
      - { title: Never }
      - { title: Both, before: 3d, after: 4d }
      - { title: Soon, before: soon }
`;
    const disorder = OWN.replace('before: internal', 'before: 40d');

    expect(await faultsOf({ 'plans/broken.yaml': broken, 'plans/disorder.yaml': disorder, 'plans/My Plan.yml': OWN })).toEqual([
      'plans/My Plan.yml: has a name that nobody can type; use small letters, digits and hyphens, such as my-plan.yaml',
      expect.stringMatching(/^plans\/broken\.yaml:2: for\[0\]/),
      'plans/broken.yaml:8: phases[0].tasks[1] has both `before` and `after`; keep one',
      'plans/broken.yaml:9: phases[0].tasks[2].before is not a lead; write `180d` (days), `2wd` (UN working days) or `internal`',
      'plans/broken.yaml:3: does not know `also_fro`; look for a typing error',
      'plans/disorder.yaml:8: phases[0].tasks[1] is due before the task above it; put the tasks in the order of their days',
    ]);
  });

  test('have one usual plan a kind, tasks that can be shown, and a day for each', async () => {
    const many = `title: Many\nfor: [stakeholder_submission]\nphases:\n  - title: P\n    tasks:\n${'      - { title: T, before: 1d }\n'.repeat(61)}`;
    const dayless = OWN.replace('    before: 30d\n', '');

    expect(await faultsOf({ 'plans/many.yaml': many })).toEqual(['plans/many.yaml:4: phases has 61 tasks; at most 60 can be shown, so make two plans of it']);
    expect(await faultsOf({ 'plans/dayless.yaml': dayless })).toEqual([
      'plans/dayless.yaml:6: phases[0].tasks[0] has no day; write `before: 30d` or `after: 7d` for it or for its phase',
    ]);
    expect(await faultsOf({ 'plans/rival.yaml': OWN.replace('also_for', 'for') })).toEqual([
      'plans/rival.yaml: is for stakeholder_submission, and so is plans/joint-submission.yaml; write the kind under `also_for` in one of them',
    ]);
  });
});

test('Limits of length that rest on nothing stop the start', async () => {
  const limit = (name: string, rest: string) => `  ${name}: { words: 1, place: upr_main, ${rest} }\n`;
  const NAMES = [
    'joint-submission',
    'national-report',
    'addendum',
    'written-statement-general',
    'written-statement-special',
    'nhri-statement',
    'treaty-body-input',
  ];
  const text = (first: string) =>
    `version: 1\nchecked: 2026-11-24\nlimits:\n${limit('individual-submission', first)}${NAMES.map((name) => limit(name, 'confirmed_for: [], source: []')).join('')}`;

  expect(await faultsOf({ 'length-limits.yaml': text('confirmed_for: [3], source: []') })).toEqual([
    expect.stringMatching(/^length-limits\.yaml:4: limits\.individual-submission\.source is empty; nothing is confirmed without a page/),
  ]);
  expect(await faultsOf({ 'length-limits.yaml': text('confirmed_for: [3], source: [hearsay]') })).toEqual([
    'length-limits.yaml:4: names the source `hearsay`, which is not in calendar/sources.yaml; add it there first',
  ]);
});
