/** What a process does of the whole, where several share one PostgreSQL. */
export const ROLES = ['all', 'planner', 'worker', 'receiver'] as const;
export type Role = (typeof ROLES)[number];

export interface Duties {
  /** Plans what is due; one process at a time does. */
  readonly plans: boolean;
  /** Posts; each lane is served by one process at a time. */
  readonly posts: boolean;
  /** Listens to the platforms; one process a platform does. */
  readonly receives: boolean;
}

export function dutiesOf(role: Role): Duties {
  return { plans: role === 'all' || role === 'planner', posts: role === 'all' || role === 'worker', receives: role === 'all' || role === 'receiver' };
}
