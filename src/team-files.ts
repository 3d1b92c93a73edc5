/** What people write for teams besides the calendar: plans, and limits of length. */
import { join } from 'node:path';
import { faultText } from './calendar/load.ts';
import type { Fault } from './calendar/yaml-file.ts';
import { ConfigError } from './config.ts';
import type { CalendarFacts } from './domain/calendar/facts.ts';
import type { LengthLimits } from './domain/team/length.ts';
import type { Template } from './domain/team/template.ts';
import { readLimits } from './limits-file.ts';
import { readPlans } from './plans-file.ts';

export interface TeamFiles {
  readonly plans: ReadonlyMap<string, Template>;
  readonly limits: LengthLimits;
}

/** What the folder of the configuration holds for teams, with every fault of it. */
export async function readTeamFiles(
  folder: string,
  facts: Pick<CalendarFacts, 'sources' | 'places'>,
): Promise<TeamFiles & { readonly faults: readonly Fault[] }> {
  const [{ plans, faults }, lengths] = await Promise.all([readPlans(join(folder, 'plans')), readLimits(folder, facts)]);
  return { plans, limits: lengths.limits, faults: [...faults, ...lengths.faults] };
}

/** @throws ConfigError with every fault of every file. */
export async function loadTeamFiles(folder: string, facts: Pick<CalendarFacts, 'sources' | 'places'>): Promise<TeamFiles> {
  const { faults, ...files } = await readTeamFiles(folder, facts);
  if (faults.length > 0) throw new ConfigError(faults.map(faultText));
  return files;
}
