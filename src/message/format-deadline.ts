/** All about one date. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { kindFacts } from '../domain/calendar/kinds.ts';
import { dayOf } from '../domain/time.ts';
import { message } from './build.ts';
import { certaintyText } from './certainty.ts';
import { changeLines, changePhrase } from './change-lines.ts';
import type { DeadlineAnswer, Voice } from './content.ts';
import { claimLines } from './date-line.ts';
import { briefDate, dayInline, officialDate, timeLeft } from './dates.ts';
import { groupDeadlines } from './group.ts';
import { bold, joinLines, listItem, plainText, section, text } from './inline.ts';
import type { Action, Field, Line, Message } from './message.ts';
import { stateList, whoOf } from './names.ts';
import { plainLine } from './plain.ts';
import { checkedLine, sourceLinks, sourcesWithClass } from './sources.ts';
import { unknownLines } from './unknown-lines.ts';

const CONCERNED = 20;

/** `Kenya: stakeholder submission, session 54 (17 July 2026)`. */
export function deadlineLabel(deadline: Deadline, voice: Voice): string {
  const { words } = voice;
  const { session, council, kind, when } = deadline;
  const values = { who: whoOf([deadline], voice), kind: words(`kind.${kind}`), date: plainLine(briefDate(when, words)) };
  if (deadline.state === null || session === null) return words('complete.date', values);
  return words('complete.date-of-session', { ...values, session: session ?? council ?? 0 });
}

/** The official date, how sure it is and by whose word, what other sources say, and what became of it. */
export function formatDeadline({ deadline, shared, history }: DeadlineAnswer, voice: Voice, actions: readonly Action[] = []): Message {
  const { words, reader } = voice;
  const what = words(`kind.${deadline.kind}`);
  const who = whoOf([deadline], voice);
  const opening: Line[] = reader.discreet ? [[bold(words('title.of', { who, what }))]] : [];
  const left = timeLeft(deadline, reader.now, words);
  const known = deadline.when.from !== null;
  return message({
    tone: 'info',
    title: reader.discreet ? words('deadline.discreet') : words('title.of', { who, what }),
    body: [
      ...opening,
      joinLines([officialDate(deadline, voice), left === null ? [] : plainText(left)], words('separator')),
      ...(shared === undefined ? [] : [sharedLine(shared, voice)]),
      ...claimLines(deadline, 'sentence', voice),
      ...(deadline.note === null ? [] : [words.line('deadline.note', { note: deadline.note })]),
      ...section(words('unknown.heading'), known ? [] : unknownLines(groupDeadlines([deadline]), 'implied', voice)),
      ...section(words('deadline.looks'), lookLines(deadline, voice)),
      ...section(words('deadline.earlier'), earlierLines(deadline, voice)),
      ...section(words('deadline.history'), historyLines(history, voice)),
    ],
    fields: fieldsOf(deadline, voice),
    actions,
    footer: words.line('deadline.id', { id: deadline.id }),
  });
}

/** That the date is the team's own, and what everybody else reads in its place. */
export function sharedLine(shared: Deadline | null, voice: Voice): Line {
  const { words } = voice;
  if (shared === null || shared.when.from === null) return words.line('deadline.by-team-alone');
  return words.line('deadline.by-team', {
    date: briefDate(shared.when, words),
    certainty: certaintyText(shared, voice),
    source: sourceLinks(shared.source, voice),
  });
}

function fieldsOf(deadline: Deadline, voice: Voice): readonly Field[] {
  const { words } = voice;
  const { session, state, concerns, kind } = deadline;
  const audience = kindFacts(kind).audience.map((name) => words(`audience.${name}`));
  const fields: Field[] = [
    { name: words('field.certainty'), value: plainText(certaintyText(deadline, voice)) },
    { name: words('deadline.sources'), value: joinLines([sourcesWithClass(deadline.source, voice), checkedLine(deadline, voice)], words('separator')) },
    { name: words('deadline.audience'), value: plainText(audience.join(words('list.comma'))) },
  ];
  if (session !== null && state !== null) fields.push({ name: words('deadline.session'), value: plainText(String(session)) });
  if (state === null && concerns.length > 0) fields.push({ name: words('field.concerned'), value: plainText(stateList(concerns, voice, CONCERNED)) });
  return fields;
}

function lookLines({ looks }: Deadline, voice: Voice): readonly Line[] {
  const { words } = voice;
  return looks.map(({ to, source, seen }) =>
    listItem(words.line('deadline.look', { day: dayInline(to, 'short', words), seen: seen ? 'yes' : 'no', source: sourceLinks([source], voice) }), words),
  );
}

/** Values that stood before in the sources, oldest first. */
function earlierLines({ earlier }: Deadline, voice: Voice): readonly Line[] {
  const { words } = voice;
  return earlier.map(({ when, source, why }) => {
    const line = words.line('claim.value', { date: briefDate(when, words), source: sourceLinks(source, voice) });
    return listItem(joinLines([line, why === undefined ? [] : plainText(why)], words('separator')), words);
  });
}

/** What this calendar recorded, the latest first, each on its day. */
function historyLines(history: DeadlineAnswer['history'], voice: Voice): readonly Line[] {
  const { words, reader } = voice;
  if (history.length === 0) return [plainText(words('deadline.no-history'))];
  return history.map(({ at, change }) => {
    const [sentence = plainText(changePhrase(change, voice))] = changeLines([change], voice);
    return listItem([dayInline(dayOf(at, reader.zone), 'short', words), text(words('deadline.colon')), ...sentence], words);
  });
}
