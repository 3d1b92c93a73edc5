import type { Draft } from './build.ts';
import { checkLines, isCheck } from './check-lines.ts';
import type { LeadItem, Voice } from './content.ts';
import { passedLine } from './date-line.ts';
import { listLines } from './format-leads.ts';
import { groupLeads, type LeadGroup } from './group.ts';
import { section } from './inline.ts';
import type { Line } from './message.ts';
import { sourceFooter } from './sources.ts';

/** What could not be said in time (the bot was away, quiet hours, a pause): what is still ahead first, then what passed. */
export function formatCatchUp(ahead: readonly LeadItem[], passed: readonly LeadItem[], voice: Voice): Draft {
  const { words } = voice;
  const [aheadGroups, passedGroups] = [groupLeads(ahead), groupLeads(passed)];
  const groups = [...aheadGroups, ...passedGroups];
  return {
    tone: aheadGroups.length > 0 ? 'soon' : 'quiet',
    title: words('catch-up.title', { ahead: aheadGroups.length, passed: passedGroups.length }),
    body: [
      ...section(
        words('catch-up.ahead'),
        aheadGroups.flatMap((group) => listLines(group, voice)),
      ),
      ...section(
        words('catch-up.passed'),
        passedGroups.flatMap((group) => passedLines(group, voice)),
      ),
    ],
    footer: sourceFooter(
      groups.flatMap((group) => group.deadlines),
      voice,
    ),
  };
}

function passedLines(group: LeadGroup, voice: Voice): readonly Line[] {
  return isCheck(group) ? checkLines(group, voice) : [passedLine(group, 'named', voice)];
}
