/** Reads the plans of a folder from disk: those that are shipped, and a team's own beside them. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readText } from './calendar/text-file.ts';
import { type Fault, parseYamlFile } from './calendar/yaml-file.ts';
import type { Template } from './domain/team/template.ts';
import { planFile, templateOf } from './plan-schema.ts';

export interface ReadPlans {
  /** By their ids, which are the names of their files. */
  readonly plans: ReadonlyMap<string, Template>;
  /** Every fault of every file, each with its line. */
  readonly faults: readonly Fault[];
}

/** A name that people type, and that stands in a choice of a platform. */
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;
const LONGEST_NAME = 60;

/** Reads `config/plans/`. A file of a wrong name is a fault too: it would silently be missing. */
export async function readPlans(folder: string): Promise<ReadPlans> {
  const names = await listYaml(folder);
  if (names === null) return { plans: new Map(), faults: [{ file: 'plans', line: 0, message: 'cannot be read; restore the folder from the repository' }] };
  const faults: Fault[] = [];
  const plans = new Map<string, Template>();
  for (const name of names) {
    const read = await readPlan(folder, name);
    if ('faults' in read) faults.push(...read.faults);
    else plans.set(read.plan.id, read.plan);
  }
  return { plans, faults: [...faults, ...checkDefaults([...plans.values()])] };
}

async function listYaml(folder: string): Promise<readonly string[] | null> {
  try {
    return (await readdir(folder)).filter((name) => /\.ya?ml$/i.test(name)).sort();
  } catch {
    return null;
  }
}

async function readPlan(folder: string, name: string): Promise<{ readonly plan: Template } | { readonly faults: readonly Fault[] }> {
  const file = `plans/${name}`;
  if (!FILE_NAME.test(name) || name.length > LONGEST_NAME)
    return { faults: [{ file, line: 0, message: 'has a name that nobody can type; use small letters, digits and hyphens, such as my-plan.yaml' }] };
  const read = await readText(join(folder, name));
  if ('fault' in read) return { faults: [{ file, line: 0, message: read.fault }] };
  const parsed = parseYamlFile(file, read.text, planFile);
  return 'faults' in parsed ? parsed : { plan: templateOf(basename(name, '.yaml'), parsed.value) };
}

/** One plan a kind is used when nobody names one. */
function checkDefaults(plans: readonly Template[]): readonly Fault[] {
  return plans.flatMap((plan, index) =>
    plan.for.flatMap((kind): Fault[] => {
      const other = plans.slice(0, index).find((before) => before.for.includes(kind));
      if (other === undefined) return [];
      return [
        {
          file: `plans/${plan.id}.yaml`,
          line: 0,
          message: `is for ${kind}, and so is plans/${other.id}.yaml; write the kind under \`also_for\` in one of them`,
        },
      ];
    }),
  );
}
