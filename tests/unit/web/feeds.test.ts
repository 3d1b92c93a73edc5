import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { syncOwned } from '../../../src/alerts/follow.ts';
import { remember } from '../../../src/alerts/memory.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { hashOfToken, newToken } from '../../../src/lib/token.ts';
import { NOTHING_SET } from '../../../src/store/store.ts';
import { aWeb } from '../../support/a-web.ts';
import { factsOf } from '../../support/edits/files.ts';
import { FIRST } from '../../support/edits/sheet.ts';

const NOW = Date.parse('2026-02-10T09:00:00Z');
const DAY = 86_400_000;
const PLAN = { facts: factsOf(FIRST), now: NOW, env: { PUBLIC_URL: 'https://upr.example' } };
type Site = Awaited<ReturnType<typeof aWeb>>;

function eventsIn(text: string): readonly ICAL.Component[] {
  return new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent');
}

const uids = (text: string) => eventsIn(text).map((event) => String(event.getFirstPropertyValue('uid')).replace('@upr-watch', ''));
const ask = async (site: Site, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${site.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** The stakeholder submission of session 54 a week later. */
function aWeekLater() {
  const deadlines = { ...FIRST[54].deadlines, stakeholder_submission: { ...FIRST[54].deadlines.stakeholder_submission, date: '2026-02-27' } };
  return factsOf({ ...FIRST, 54: { ...FIRST[54], deadlines } });
}

describe('/calendar.ics', () => {
  test('is what a programme can subscribe to: folded lines, no alarm, a name, a page and a pace, days as days and hours in UTC', async () => {
    const site = await aWeb(PLAN);
    const { status, headers, text } = await ask(site, '/calendar.ics?state=KEN');

    expect([status, headers.get('content-type'), headers.get('set-cookie')]).toEqual([200, 'text/calendar; charset=utf-8', null]);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text).not.toMatch(/VALARM|[^\r]\n/);
    for (const line of ['X-WR-CALNAME:UPR dates', 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'METHOD:PUBLISH']) expect(text).toContain(`${line}\r\n`);
    const review = text.split('BEGIN:VEVENT').find((event) => event.includes('UID:54-KEN-review@'));
    for (const line of ['DTSTART:20260602T070000Z', 'STATUS:CONFIRMED', 'SEQUENCE:0', 'URL;VALUE=URI:https://upr.example/deadlines/54-KEN-review'])
      expect(review).toContain(`${line}\r\n`);
    expect(text).toContain('DTSTART;VALUE=DATE:20260220\r\nDTEND;VALUE=DATE:20260221');
  });

  test('holds what its filter asks for; a value that is none is refused without being repeated', async () => {
    const site = await aWeb(PLAN);
    const all = uids((await ask(site, '/calendar.ics')).text);

    expect(uids((await ask(site, '/calendar.ics?state=KEN&kind=review')).text)).toEqual(['54-KEN-review']);
    expect(uids((await ask(site, '/calendar.ics?kind=review,national_report&session=55&state=per')).text)).toEqual(['55-PER-national_report', '55-PER-review']);
    expect(uids((await ask(site, '/calendar.ics?certainty=tentative')).text)).toContain('55-PER-review');
    expect(uids((await ask(site, '/calendar.ics?utm_source=x&state=')).text)).toEqual(all);
    expect(all).not.toContain('54-FRA-review');
    expect(uids((await ask(site, '/calendar.ics?estimated=yes')).text)).toContain('54-FRA-review');
    for (const name of ['state', 'region', 'session', 'kind', 'certainty', 'estimated']) {
      for (const value of ['zzqq', '__proto__', '%3Cscript%3E']) {
        const { status, text } = await ask(site, `/calendar.ics?${name}=${value}`);
        expect([status, /zzqq|__proto__|script/.test(text)]).toEqual([400, false]);
      }
    }
  });

  test('is not sent again while nothing changed, and moves the same event when its date does', async () => {
    const site = await aWeb(PLAN);
    const first = await ask(site, '/calendar.ics');
    site.clock.pass(60_000);
    const etag = first.headers.get('etag') ?? '';
    expect((await ask(site, '/calendar.ics', { 'If-None-Match': etag })).status).toBe(304);
    await site.reviseTo(aWeekLater());
    const moved = await ask(site, '/calendar.ics', { 'If-None-Match': etag });

    expect([moved.status, uids(moved.text).sort()]).toEqual([200, uids(first.text).sort()]);
    const event = moved.text.split('BEGIN:VEVENT').find((text) => text.includes('UID:54-KEN-stakeholder_submission@')) ?? '';
    for (const line of ['SEQUENCE:1', 'DTSTART;VALUE=DATE:20260227']) expect(event).toContain(`${line}\r\n`);
  });

  test('keeps what lost its day as cancelled for 90 days', async () => {
    const site = await aWeb(PLAN);
    const gone = { ...FIRST[54].deadlines.stakeholder_submission, date: 'unknown' };
    await site.reviseTo(factsOf({ ...FIRST, 54: { ...FIRST[54], deadlines: { ...FIRST[54].deadlines, stakeholder_submission: gone } } }));
    const event = async () => (await ask(site, '/calendar.ics?kind=stakeholder_submission&state=KEN')).text;

    for (const line of ['STATUS:CANCELLED', 'SEQUENCE:1', 'DTSTART;VALUE=DATE:20260220']) expect(await event()).toContain(`${line}\r\n`);
    site.clock.pass(91 * DAY);
    expect(await event()).not.toContain('VEVENT');
  });
});

describe('/changes.atom', () => {
  test('tells what changed, the latest first, each in words of its day and with an id for ever', async () => {
    const site = await aWeb(PLAN);
    expect((await ask(site, '/changes.atom')).text).toContain(`<updated>${new Date(NOW).toISOString()}</updated>`);
    site.clock.pass(DAY);
    await site.reviseTo(aWeekLater());
    const first = await ask(site, '/changes.atom');
    site.clock.pass(DAY);

    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(first.text).toContain('20 February 2026');
    expect(first.text.match(/<id>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}<\/id>/g)?.length).toBe(2);
    expect((await ask(site, '/changes.atom')).text).toBe(first.text);
    expect((await ask(site, '/changes.atom', { 'If-None-Match': first.headers.get('etag') ?? '' })).status).toBe(304);
  });
});

describe('The private link of a channel', () => {
  const channel = {
    ...{ ...NOTHING_SET, id: 'discord:100/200', installation: '100', platform: 'discord', lane: 'discord', target: { installation: '100', channel: '200' } },
    ...{ timing: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'default' }, locale: 'en' },
  };

  async function linked(site: Site, discreet: boolean): Promise<string> {
    const ladders = new Map([['default', {}]]);
    const memory = await remember(site.store, PLAN.facts, ladders, NOW);
    const owned = {
      owner: 'file',
      channels: [{ ...channel, discreet }],
      subscriptions: [{ id: 's', channel: channel.id, selector: { ...EVERYTHING, states: ['PER'] } }],
    };
    await syncOwned({ store: site.store, facts: PLAN.facts, ladders, memory }, owned, NOW);
    const token = newToken();
    await site.store.feedLinks.put({ channel: channel.id, hash: hashOfToken(token), at: NOW });
    return token;
  }

  test('shows what the channel follows and nothing else, to nobody without it; it ends when it is taken away, and no log names it', async () => {
    const site = await aWeb({ ...PLAN, env: { ...PLAN.env, LOG_LEVEL: 'trace' } });
    const token = await linked(site, false);
    const { status, headers, text } = await ask(site, `/private/${token}.ics`);

    expect([status, headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([200, 'private, no-cache', 'noindex']);
    expect(new Set(uids(text).map((uid) => uid.slice(3, 6)))).toEqual(new Set(['PER']));
    expect(uids((await ask(site, `/private/${token}.ics?kind=review`)).text)).toEqual(['55-PER-review']);
    for (const other of [`${token.slice(0, 21)}${token.endsWith('A') ? 'B' : 'A'}`, token.slice(1), hashOfToken(token)])
      expect((await ask(site, `/private/${other}.ics`)).status).toBe(404);
    await site.store.feedLinks.remove(channel.id);
    expect((await ask(site, `/private/${token}.ics`)).status).toBe(404);
    expect(site.logged()).not.toContain(token);
  });

  test('names no State in a title where the channel is discreet', async () => {
    const site = await aWeb(PLAN);
    const { text } = await ask(site, `/private/${await linked(site, true)}.ics`);

    expect(
      eventsIn(text)
        .map((event) => String(event.getFirstPropertyValue('summary')))
        .filter((title) => title.includes('Peru')),
    ).toEqual([]);
    expect(text).toContain('Peru');
  });
});
