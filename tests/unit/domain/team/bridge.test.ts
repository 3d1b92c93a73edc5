import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accept,
  barredUntil,
  CODE_BYTES,
  CODE_VALID,
  codeFrom,
  endable,
  ended,
  MOST_WRONG_TRIES,
  offer,
  readCode,
  sideIn,
  spelled,
  TRIES_COUNT_FOR,
} from '../../../../src/domain/team/bridge.ts';
import { asSeenBy, copyFor, eventsSeenBy } from '../../../../src/domain/team/bridge-view.ts';
import type { Holder, Side } from '../../../../src/domain/team/task.ts';
import { aBridge, anEvent, aResponse, aTask, OURS, TAKEN, THEIR_ROOM, THEIRS } from '../../../contract/promises/team-cast.ts';

const NOW = 1_000_000_000;
const CALLED = { plan: 'A shared plan', task: (number: number) => `Task ${number}` };
const bytes = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES });

describe('A code', () => {
  test('is read as it was written, in whatever way people spell it', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = codeFrom(random);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        for (const typed of [code, spelled(code), spelled(code).toLowerCase(), ` ${code.replaceAll('0', 'o').replaceAll('1', 'l')} `])
          expect(readCode(typed)).toBe(code);
      }),
    );
  });

  test.each(['', 'K3F9Q', 'K3F9QD2M7XY', 'K3F9Q-D2M7U', '__proto__1', '١٢٣٤٥٦٧٨٩٠'])('is not %j', (typed) => {
    expect(readCode(typed)).toBeNull();
  });
});

describe('An offer', () => {
  const asked = { id: 'b1', response: aResponse('Kenya123'), shows: 'states', codeHash: 'h1', now: NOW } as const;

  test('waits for an hour, and a new one takes the place of its code', () => {
    const first = offer(asked, []);
    if (!('bridge' in first)) throw new Error('refused');
    expect(first.bridge).toMatchObject({
      id: 'b1',
      owner: OURS,
      partner: null,
      ownerShows: 'states',
      status: 'offered',
      codeUntil: NOW + CODE_VALID,
      version: 1,
    });

    const second = offer({ ...asked, id: 'b2', codeHash: 'h2' }, [first.bridge]);
    expect(second).toMatchObject({ bridge: { id: 'b1', codeHash: 'h2', version: 2 } });
  });

  test('is refused of a closed plan, and of one that is shared; not after that ended', () => {
    expect(offer({ ...asked, response: aResponse('Kenya123', { status: 'closed' }) }, [])).toEqual({ refused: 'closed' });
    expect(offer(asked, [aBridge('b0', 'Kenya123', TAKEN)])).toEqual({ refused: 'shared' });
    expect(offer(asked, [ended(aBridge('b0', 'Kenya123', TAKEN))])).toMatchObject({ bridge: { id: 'b1', version: 1 } });
  });

  test('is taken once, by another side, in its hour', () => {
    const waiting = aBridge('b1', 'Kenya123', { codeUntil: NOW + 1 });
    const taking = { partner: THEIRS, channel: THEIR_ROOM, now: NOW };
    const taken = accept(waiting, taking);

    expect(taken).toEqual({ bridge: { ...waiting, ...TAKEN, version: 2 } });
    if (!('bridge' in taken)) throw new Error('refused');
    for (const [bridge, at] of [
      [null, NOW],
      [taken.bridge, NOW],
      [ended(waiting), NOW],
      [waiting, NOW + 1],
    ] as const)
      expect(accept(bridge, { ...taking, now: at })).toEqual({ refused: 'no-code' });
    expect(accept(waiting, { ...taking, partner: OURS })).toEqual({ refused: 'oneself' });
  });
});

test('Either side ends a bridge, a stranger and a former partner none', () => {
  const open = aBridge('b1', 'Kenya123', TAKEN);
  const stranger = { platform: 'slack', installation: 'T2' };

  expect([endable([open], OURS), endable([open], THEIRS), endable([open], stranger)]).toEqual([open, open, null]);
  expect(endable([ended(open)], OURS)).toBeNull();
  expect([sideIn(open, OURS), sideIn(open, THEIRS), sideIn({ ...open, status: 'ended' }, THEIRS)]).toEqual(['owner', 'partner', null]);
  expect(ended(open)).toMatchObject({ partner: null, partnerChannel: null, codeHash: null, status: 'ended' });
});

test('Five wrong codes within an hour bar a side until the first is an hour old', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 * TRIES_COUNT_FOR), { maxLength: 12 }), (ages) => {
      const tries = ages.map((age) => NOW - age);
      const counting = ages.filter((age) => age < TRIES_COUNT_FOR);
      const until = barredUntil(tries, NOW);
      expect(until !== null).toBe(counting.length >= MOST_WRONG_TRIES);
      if (until !== null) expect(until).toBeGreaterThan(NOW);
    }),
  );
});

/** A plan in which each side has a task of each kind, and every text says whose it is. */
function coalition() {
  const ofSide = (side: Side, whose: string): readonly Holder[] => [
    { kind: 'person', side, id: `${whose}-person` },
    { kind: 'role', side, id: `${whose}-role` },
    { kind: 'cluster', side, name: `${whose}-cluster` },
  ];
  const holders = [...ofSide(OURS, 'our'), ...ofSide(THEIRS, 'their'), null, null];
  const tasks = holders.map((holder, index) => {
    const whose = holder === null ? 'our' : holder.side === OURS ? 'our' : 'their';
    const noted = { reference: `${whose}-receipt`, snooze: { until: '2026-07-12', reason: `${whose}-note` }, heardAt: NOW } as const;
    return aTask('Kenya123', index + 1, {
      holder,
      ...noted,
      title: `our-title-${index}`,
      phase: 'our-phase',
      suits: 'our-suits',
      cluster: 'our-part',
      doneAt: index % 2 ? NOW : null,
    });
  });
  const signOn = { closesOn: '2026-07-14', count: 12, link: 'https://our-list.example' };
  return { response: aResponse('Kenya123', { title: 'our-plan', reference: 'our-receipt', reason: 'our-why', template: 'our-template', signOn }), tasks };
}

describe('What a side sees', () => {
  test('has no id, note, reference or name of the other', () => {
    const owner = JSON.stringify(asSeenBy(coalition(), { by: 'owner', side: OURS, shows: 'titles' }, CALLED));
    const partner = JSON.stringify(asSeenBy(coalition(), { by: 'partner', side: THEIRS, shows: 'titles' }, CALLED));

    expect(owner).not.toMatch(/their-|"T1"/);
    expect(owner).toContain('our-note');
    expect(partner).not.toMatch(/our-(person|role|cluster|part\b|receipt|note|why|list|template)|"100"|200/);
    expect(partner).toMatch(/our-title-0.*their-note/);
  });

  test('is how tasks stand and for when, where titles are not shown', () => {
    const seen = asSeenBy(coalition(), { by: 'partner', side: THEIRS, shows: 'states' }, CALLED);

    expect(JSON.stringify(seen)).not.toContain('our-');
    expect(seen.tasks.map(({ title, doneAt }) => [title, doneAt !== null])).toEqual(
      coalition().tasks.map(({ number, doneAt }) => [`Task ${number}`, doneAt !== null]),
    );
    expect(seen.tasks.map(({ holder }) => holder !== null)).toEqual([true, true, true, true, true, true, false, false]);
  });

  test.each(['titles', 'states'] as const)('is kept by the partner as %s, with nobody of the owner', (shows) => {
    const copy = copyFor(coalition(), { partner: THEIRS, channel: THEIR_ROOM, shows, id: 'copy1234', called: CALLED, now: NOW });

    expect(copy.response).toMatchObject({ id: 'copy1234', side: THEIRS, channel: THEIR_ROOM, signOn: null, version: 1 });
    expect(copy.tasks.map(({ holder }) => holder !== null)).toEqual([false, false, false, true, true, true, false, false]);
    expect(JSON.stringify(copy)).not.toMatch(shows === 'states' ? /our-|"100"/ : /our-(person|role|cluster|part\b|receipt|note|why|list|template)|"100"|200/);
    expect(copy.tasks.every(({ response, version }) => response === 'copy1234' && version === 1)).toBe(true);
  });

  test('of the log is its own part, and what the card shows as well of the other', () => {
    const held = aTask('Kenya123', 1, { holder: { kind: 'person', side: THEIRS, id: 'their-person' } });
    const by = { side: THEIRS, id: 'their-person' };
    const events = [
      { id: 1, ...anEvent('Kenya123', { by: { side: OURS, id: 'our-person' }, what: 'assign', before: held }) },
      { id: 2, ...anEvent('Kenya123', { by, what: 'claim', before: held }) },
      { id: 3, ...anEvent('Kenya123', { by, what: 'snooze', before: held }) },
      { id: 4, ...anEvent('Kenya123', { what: 'hand-back', before: held }) },
    ];
    const seen = eventsSeenBy(events, OURS);

    expect(seen.map(({ id }) => id)).toEqual([1, 2, 4]);
    expect(JSON.stringify(seen)).not.toContain('their-');
  });
});
