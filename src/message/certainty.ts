import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Voice } from './content.ts';

/** How sure a date is, in words; a computed date names its rule, and its anchor where that is what makes it unsure. */
export function certaintyText(deadline: Deadline, voice: Voice): string {
  const certainty = ownCertainty(deadline, voice);
  if (deadline.standing === 'standing') return certainty;
  return voice.words('certainty.with-standing', { certainty, standing: voice.words(`standing.${deadline.standing}`) });
}

function ownCertainty({ basis, certainty, holidaysUnknown }: Deadline, { words, reader }: Voice): string {
  if (basis.by !== 'rule') return words(`certainty.${certainty}`);
  if (basis.rule === 'within_session') return words('certainty.within-session', { certainty });
  const ruleItself = reader.facts.rules.get(basis.rule)?.certainty;
  if (certainty === 'estimated' && ruleItself === 'voluntary') return words('certainty.voluntary-estimated');
  if (certainty === 'estimated' || certainty === 'voluntary' || certainty === 'unknown') return words(`certainty.${certainty}`);
  const anchor = words(`anchor.${basis.anchor}`);
  const rule = words.has(`rule.${basis.rule}`) ? words(`rule.${basis.rule}`) : words('rule.other', { anchor });
  if (certainty !== 'tentative') return words('certainty.by-rule', { rule });
  const byAnchor = holidaysUnknown.length === 0 && (ruleItself === 'fixed-rule' || ruleItself === 'published');
  return byAnchor ? words('certainty.by-rule-anchor', { rule, anchor }) : words('certainty.by-rule-tentative', { rule });
}

/** The same for what is over, in few words: only where it was not certain, or did not stand. */
export function doubtText({ certainty, standing }: Deadline, { words }: Voice): string | null {
  if (standing !== 'standing') return words(`standing.${standing}`);
  return certainty === 'published' || certainty === 'fixed-rule' ? null : words(`certainty.${certainty}`);
}
