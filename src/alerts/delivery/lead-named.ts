import { type Ladder, type Lead, readLead, TODAY } from '../../domain/alerts/ladder.ts';
import type { Alert, VersionedDeadline } from '../../store/store.ts';

/** A lead keeps its meaning when its ladder changed after it was planned. */
export function leadNamed(alert: Alert, ladder: Ladder, { deadline }: VersionedDeadline): Lead {
  if (alert.lead === TODAY.key) return TODAY;
  const found = ladder[deadline.kind]?.find((lead) => lead.key === alert.lead);
  return found ?? readLead(`${alert.lead}${alert.type === 'check' ? '?' : '!'}`) ?? { ...TODAY, key: alert.lead };
}
