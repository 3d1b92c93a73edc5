/** What happened to the review that a plan is for, and that the plan stays as it is. */
import type { Draft } from './build.ts';
import { changeLines } from './change-lines.ts';
import type { Voice } from './content.ts';
import type { PlanStaysContent } from './content-plan-stays.ts';
import { bold, plainText } from './inline.ts';
import { sourceFooter } from './sources.ts';
import { planTitle } from './team-lines.ts';

export function formatPlanStays({ whole, change, seen }: Omit<PlanStaysContent, 'type'>, voice: Voice): Draft {
  const { words, reader } = voice;
  const title = planTitle(whole.response, null, { seen, voice });
  return {
    tone: 'change',
    title: reader.discreet ? words('team.moved.discreet') : words('team.stays.title', { title }),
    body: [...(reader.discreet ? [[bold(title)]] : []), ...changeLines([change], voice), plainText(words('team.stays.body', { plan: whole.response.id }))],
    footer: sourceFooter(change.about === 'review' ? [change.event] : [], voice),
  };
}
