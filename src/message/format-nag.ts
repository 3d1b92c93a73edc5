/** What tasks ask for: hands while nobody has them, a word from whoever has them and is silent. Never a reproach. */
import type { Draft } from './build.ts';
import type { Voice } from './content.ts';
import type { HandsWanted, NagContent } from './content-team.ts';
import { dayInline } from './dates.ts';
import { bold, joinLines, listItem, plainText, section } from './inline.ts';
import type { Action, Line } from './message.ts';
import { answerAction, claimAction, heldActions, takeAction } from './team-actions.ts';
import { holderLine, planTitle, showsTitles, taskTitle } from './team-lines.ts';

/** Tasks that one message names, buttons for holders among them, and tasks of a digest. */
const [MOST, MOST_ANSWERS, MOST_HANDS] = [12, 4, 8];

export function formatNag(nag: Omit<NagContent, 'type'>, voice: Voice): Draft {
  const { whole, items, today, seen } = nag;
  const { words, reader } = voice;
  const title = planTitle(whole.response, null, { seen, voice });
  const lines = items.slice(0, MOST).map(({ step, task }): Line => {
    const values = { title: taskTitle(task, seen, words), day: dayInline(task.dueOn, 'full', words), holder: holderLine(task.holder, seen, words) };
    return words.line(`team.nag.${step}`, {
      ...values,
      over: task.dueOn < today ? 'yes' : 'no',
      suits: task.suits !== null && showsTitles(seen) ? task.suits : 'none',
    });
  });
  const left = items.length - lines.length;
  return {
    tone: items.some(({ task }) => task.dueOn < today) ? 'warning' : 'soon',
    title: reader.discreet ? words('team.card.discreet') : title,
    body: [
      ...(reader.discreet ? [[bold(title)]] : []),
      ...(lines.length === 1 ? lines : lines.map((line) => listItem(line, words))),
      ...(left === 0 ? [] : [plainText(words('team.card.more', { count: left, plan: whole.response.id }))]),
    ],
    actions: actionsOf(nag, voice),
    footer: plainText(words('team.nag.footer', { plan: whole.response.id })),
  };
}

function actionsOf({ whole, items, seen }: Omit<NagContent, 'type'>, { words }: Voice): readonly Action[] {
  const asked = items.filter(({ step }) => step === 'ask-holder' || step === 'warn-holder').map(({ task }) => task);
  const free = items.map(({ task }) => task).filter(({ holder }) => holder === null);
  const [only] = free;
  if (free.length === 1 && asked.length === 0 && only !== undefined) return [claimAction(only, words)];
  const take = takeAction(whole.response.id, free, { words, titleOf: (task) => taskTitle(task, seen, words) });
  const [first, ...others] = asked;
  const ofHolders =
    first === undefined || others.length > 0
      ? asked.slice(0, MOST_ANSWERS).map((task) => answerAction(task, words))
      : [answerAction(first, words), ...heldActions(first, words)];
  return [...(take === null ? [] : [take]), ...ofHolders];
}

/** The part of a digest; empty where nothing asks for hands. Plans are told to the side that they belong to. */
export function handsLines(hands: readonly HandsWanted[], { words }: Voice): readonly Line[] {
  const all = hands.flatMap(({ whole, tasks }) => tasks.map((task) => ({ whole, task }))).sort((a, b) => (a.task.dueOn < b.task.dueOn ? -1 : 1));
  const lines = all.slice(0, MOST_HANDS).map(({ whole, task }) => {
    const parts = [plainText(task.title), [dayInline(task.dueOn, 'short', words)], plainText(whole.response.title)];
    return listItem(joinLines(parts, words('separator')), words);
  });
  const left = all.length - lines.length;
  return section(words('team.digest.hands'), [...lines, ...(left > 0 ? [plainText(words('digest.more', { count: left }))] : [])]);
}
