/** The spring of 2020: two sessions of fourteen States move at once, and four channels live through it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { render } from '../../../src/adapters/console/render.ts';
import { dayOf, GENEVA } from '../../../src/domain/time.ts';
import type { Said } from '../../support/a-bot.ts';
import { replayText, shownReplay } from '../../support/replays.ts';
import { DECIDED, type Lived, liveThroughShift } from '../../support/shift-2020.ts';

let lived: Lived;
beforeAll(async () => {
  lived = await liveThroughShift();
});

const dayOfMessage = ({ at }: Pick<Said, 'at'>) => dayOf(at, GENEVA);
const readBy = (channel: string) => lived.said.filter((said) => said.channel === channel && said.type !== 'silence');
const titles = (channel: string) => readBy(channel).map((said) => `${dayOfMessage(said)} ${said.message.title}`);
const onTheDay = (channel: string) => readBy(channel).filter((said) => dayOfMessage(said) === DECIDED);
/** As the console writes it, on one line. */
const console = (said: Said | undefined) => (said === undefined ? '' : render(said.message, { width: 120, styled: false }).replace(/\s+/g, ' '));

describe('The shift of 2020', () => {
  test('is one message in each channel that it concerns, whatever it follows, and none of them is a message a State', () => {
    expect(['all', 'washington', 'kathmandu', 'both'].map((channel) => onTheDay(channel).length)).toEqual([1, 1, 1, 1]);
    expect(onTheDay('all')[0]?.message.title).toBe('Andorra, Australia, Austria and 25 more: 8 changes');
    expect(new Set(onTheDay('all')[0]?.changes.map((change) => (change.about === 'date' ? change.after?.session : null)))).toEqual(
      new Set([36, 37, undefined]),
    );
  });

  test('tells a channel that follows one State each of its dates, old to new, with its source', () => {
    const text = console(onTheDay('washington')[0]);

    for (const sentence of [
      'pre-session (UPR Info) is expected October 2020 now; its day is not set. It was 31 March 2020.',
      'advance questions moved from 27 April 2020 to at the latest Monday, 26 October 2020, Geneva; UN holidays not checked.',
      'review moved from 11 May 2020 to Monday, 9 November 2020, Geneva; hour not published. • certainty: tentative · in 234 days · justsecurity.org',
      'circulation of the recommendations moved from 13 May 2020 to Wednesday, 11 November 2020, Geneva.',
    ])
      expect(text).toContain(sentence);
    expect(text).not.toContain('Nepal');
  });

  test('tells the States that have no day of their own in which days they are expected, and session 37 its new date for submissions', () => {
    const all = console(onTheDay('all')[0]);
    expect(all).toContain(
      '13 States, session 36: review is expected between 2 and 13 November 2020 now. It was between 4 and 15 May 2020; its own day is not published.',
    );
    expect(all).toContain('14 States, session 37: review is expected January 2021 now. It was between 2 and 13 November 2020; its own day is not published.');
    expect(all).toContain('14 States, session 37: stakeholder submission now has a date: Thursday, 9 July 2020, Geneva; hour not published');
    expect(console(onTheDay('kathmandu')[0])).toContain('Nepal: review is expected January 2021 now. It was between 2 and 13 November 2020');
  });

  test('leaves no alert for an old date: after it, every message speaks of the new ones', () => {
    expect(titles('washington')).toEqual([
      '2020-03-12 United States of America: 2 dates, the first in 5 days',
      '2020-03-17 United States of America: pre-session in 14 days',
      '2020-03-20 United States of America: pre-session (UPR Info) expected October 2020, day not set; advance questions moved to 26 October 2020; review moved to 9 November 2020; 2 more changes',
      '2020-09-10 United States of America: review in 60 days',
      '2020-10-19 United States of America: advance questions due in 7 days',
      '2020-11-02 United States of America: review in 7 days',
      '2020-11-08 United States of America: review tomorrow (Geneva)',
    ]);
    expect(titles('kathmandu')).toEqual([
      '2020-03-20 Nepal: stakeholder submission on 9 July 2020; review expected in other days',
      '2020-06-09 Nepal: stakeholder submission due in 30 days',
      '2020-07-02 Nepal: stakeholder submission due in 7 days',
    ]);
    expect(titles('both').map((title) => title.slice(0, 10))).toEqual(
      [...titles('washington'), ...titles('kathmandu')]
        .map((title) => title.slice(0, 10))
        .sort()
        .filter((day, index, days) => day !== days[index - 1]),
    );
    const later = lived.said.filter((said) => dayOfMessage(said) > DECIDED);
    expect(later.filter(({ message }) => /(March|April|May) 2020/.test(message.fallbackText))).toEqual([]);
  });

  test('amends what was posted before: each message of a date that moved says so in its place', () => {
    const amended = lived.edited.filter((edit) => edit.channel === 'washington' && dayOfMessage(edit) === DECIDED);
    const text = amended.map(({ message }) => render(message, { width: 120, styled: false }).replace(/\s+/g, ' '));

    const posted = amended.map(({ id }) => lived.said.find(({ key }) => key === id)?.message.title);
    expect(posted.sort()).toEqual(
      titles('washington')
        .slice(0, 2)
        .map((title) => title.slice(11))
        .sort(),
    );
    expect(text.join()).toContain('This date is not known to the day any more: 31 March 2020 → October 2020 (upr-info.org [1]).');
    expect(text.join()).toContain('review moved: 11 May 2020 → 9 November 2020 (justsecurity.org [1]).');
    expect(lived.edited.filter((edit) => edit.channel === 'kathmandu' && dayOfMessage(edit) === DECIDED)).toEqual([]);
  });

  test('stands in docs/calendar.md as a channel read it (`npm run replays` writes it)', async () => {
    expect(shownReplay('shift-2020')).toBe(await replayText('shift-2020'));
  });
});
