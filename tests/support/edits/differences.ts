/** What a bot told and what it had to tell, side by side. */
import { type Line, mustBeTold } from './judge.ts';
import type { Lived } from './live.ts';
import type { Step } from './script.ts';

const DAYS_BEFORE = 3;
/** Shown of each kind; the first one explains the others. */
const SHOWN = 6;

/** What differs, each with what happened in the days before it; empty when all is well. */
export function differences(steps: readonly Step[], { lines, raised }: Lived): readonly string[] {
  const must = mustBeTold(steps);
  const found = [
    ...without(must, lines).map((line) => ({ line, why: 'was not told' })),
    ...without(lines, must).map((line) => ({ line, why: 'was told, and nothing asks for it' })),
  ].sort((a, b) => a.line.at - b.line.at);
  return [...found.slice(0, SHOWN).flatMap(({ line, why }) => [`${lineText(line)} ${why}`, ...before(steps, line.at)]), ...raised.slice(0, SHOWN)];
}

/** Lines of the one that the other has not, as often as they are there. */
function without(some: readonly Line[], others: readonly Line[]): readonly Line[] {
  const left = new Map([...Map.groupBy(others, lineText)].map(([line, all]) => [line, all.length]));
  return some.filter((line) => {
    const count = left.get(lineText(line)) ?? 0;
    left.set(lineText(line), count - 1);
    return count <= 0;
  });
}

function lineText({ at, channel, about, what }: Line): string {
  return `${new Date(at).toISOString()} ${channel}: ${about} ${what}`;
}

function before(steps: readonly Step[], at: number): readonly string[] {
  return steps.filter((step) => step.at <= at && step.at > at - DAYS_BEFORE * 86_400_000).map((step) => `    ${stepText(step)}`);
}

function stepText(step: Step): string {
  return `${new Date(step.at).toISOString()} ${step.does === 'edit' ? step.edited.said : step.does}${'channel' in step ? ` ${step.channel}` : ''}`;
}
