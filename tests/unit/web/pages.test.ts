import { describe, expect, test } from 'vitest';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aSite } from '../../support/a-site.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';

const LARGEST = 100_000;
const NEVER = /undefined|\bnull\b|NaN|\[object|Invalid/;

async function shown(path: string) {
  const response = await (await aSite())(path);
  return { status: response.status, text: await response.text() };
}

describe('Every page of the shipped calendar', () => {
  test('of a State, a session and a list is answered whole, in under 100 kB', async () => {
    const { states, sessions } = await shippedFacts();
    const site = await aSite();
    const paths = [
      '/',
      '/?page=2',
      '/sessions',
      '/states',
      '/participation',
      '/feeds',
      '/preview',
      ...[...sessions.keys()].map((number) => `/sessions/${number}`),
    ];
    for (const path of [...paths, ...[...states.keys()].filter((_, index) => index % 5 === 0).map((code) => `/states/${code}`)]) {
      const response = await site(path);
      const text = await response.text();

      expect([path, response.status]).toEqual([path, 200]);
      expect(Buffer.byteLength(text), path).toBeLessThan(LARGEST);
      expect(text.match(/<h1>/g), path).toHaveLength(1);
      expect(text.replace(/<[^>]*>/g, ' '), path).not.toMatch(NEVER);
    }
  });

  test('of a date is answered whole, one of every kind', async () => {
    const { deadlines } = derivePicture(await shippedFacts());
    const ofEachKind = new Map([...deadlines.values()].map((deadline) => [`${deadline.kind} ${deadline.certainty} ${deadline.standing}`, deadline.id]));
    const site = await aSite();
    for (const id of ofEachKind.values()) {
      const response = await site(`/deadlines/${id}`);
      expect([id, response.status]).toEqual([id, 200]);
      expect((await response.text()).replace(/<[^>]*>/g, ' '), id).not.toMatch(NEVER);
    }
  });

  test('links only to pages that are there', async () => {
    const site = await aSite();
    const links = async (path: string) =>
      [...(await (await site(path)).text()).matchAll(/href="(\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
    const found = new Set((await Promise.all(['/states/USA', '/sessions/54', '/participation', '/preview', '/deadlines/53-USA-review'].map(links))).flat());
    for (const path of [...found].filter((_, index) => index % 5 === 0)) expect([path, (await site(path)).status]).toEqual([path, 200]);
    expect(found.size).toBeGreaterThan(100);
  });
});

describe('The address', () => {
  test('narrows the list, and the choice stays chosen', async () => {
    const { text } = await shown('/?session=54&kind=review&zone=America/Bogota');

    expect(text).toContain('<option value="54" selected>');
    expect(text).toContain('<option value="America/Bogota" selected>');
    expect(text).toContain('1 date, in time order');
    expect(text).not.toContain('/deadlines/54-TGO-national_report');
    expect(text).toContain('/deadlines/54-TGO-review?zone=America/Bogota');
  });

  test.each(['session=9999', 'state=XXX', 'kind=party', 'certainty=quite-sure', 'region=Moonlight', 'zone=Mars/Base', 'page=zero'])(
    '%s is none: it is said kindly, not repeated, and the page can still be used',
    async (query) => {
      const { status, text } = await shown(`/?${query}`);

      expect(status).toBe(400);
      expect(text).toContain('in the address is none that this calendar has, so it is left out.');
      expect(text).toContain('42 dates, in time order');
      expect(text).not.toMatch(/9999|XXX|party|quite-sure|Moonlight|Mars\/Base|zero/);
    },
  );

  test('of a State may be its name, and leads to its one address', async () => {
    const site = await aSite();
    const response = await site('/states/ivory%20coast?zone=Asia/Tokyo');

    expect([response.status, response.headers.get('location')]).toEqual([302, '/states/CIV?zone=Asia/Tokyo']);
    const asked = await site('/states/Guin');
    expect(asked.status).toBe(404);
    expect(await asked.text()).toContain('href="/states/GNB"');
  });

  test.each(['/nothing', '/sessions/999', '/sessions/0x36', '/deadlines/54-XXX-review', '/deadlines/%3Cscript%3E', '/states/%00'])(
    '%s is not there, and the page says so',
    async (path) => {
      const { status, text } = await shown(path);

      expect(status).toBe(404);
      expect(text).toContain('There is no such page');
      expect(text).not.toContain('<script');
    },
  );
});

describe('A page', () => {
  test('shows the official date first and the reader’s second', async () => {
    const site = await aSite({ now: at('2026-02-20') });
    const { deadlines } = derivePicture(await shippedFacts());
    const timed = [...deadlines.values()].find(({ when }) => when.time !== null && when.zone === GENEVA);
    const text = await (await site(`/deadlines/${timed?.id}?zone=America/Bogota`)).text();
    const date = text.match(/<p class="big">(.*?)<\/p>/)?.[1]?.replace(/<[^>]*>/g, '') ?? '';

    expect(date).toMatch(/^[A-Z].*Geneva time \(.*Colombia/);
  });

  test('tells what became of its date, and what follows from it', async () => {
    const deadline = derivePicture(await shippedFacts()).deadlines.get('50-BLR-review');
    if (deadline === undefined) throw new Error('The calendar has no such review');
    const change = { about: 'date', what: 'moved', before: { ...deadline, when: dayWhen('2025-11-02', GENEVA) }, after: deadline } as const;
    const site = await aSite({ history: [{ at: at('2025-07-01'), change }] });
    const text = await (await site(`/deadlines/${deadline.id}`)).text();

    expect(text).toContain('Changes recorded here');
    expect(text).toContain('2 November 2025');
    expect(text).toContain('What follows from it');
  });

  test('writes free text of the calendar as text, whatever is in it', async () => {
    const hostile = `<img src=x onerror=alert(1)>"'&<script>alert(1)</script>\u202Egnp`;
    const shipped = await shippedFacts();
    const sources = new Map(
      [...shipped.sources].map(([id, source]) => [id, { ...source, name: hostile, url: id.length % 2 === 0 ? 'javascript:alert(1)' : source.url }]),
    );
    const states = new Map([...shipped.states].map(([code, state]) => [code, { ...state, names: { en: hostile } }]));
    const facts: CalendarFacts = { ...shipped, sources, states };
    const site = await aSite({ facts });
    for (const path of ['/', '/states/USA', '/sessions/54', '/deadlines/53-USA-review', '/participation', '/preview', '/feeds', '/states']) {
      const text = await (await site(path)).text();
      expect([path, /<img|<script|javascript:|\u202E/.exec(text)?.[0], text.includes('&lt;img')]).toEqual([path, undefined, true]);
    }
  });

  test('is not sent again to who has it, and lets nothing of anybody else in', async () => {
    const site = await aSite();
    const first = await site('/states/USA');
    const tag = first.headers.get('etag') ?? '';

    expect(first.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(first.headers.get('set-cookie')).toBeNull();
    expect(await first.text()).not.toMatch(/<script|style="|src="http/);
    const again = await site('/states/USA', { 'if-none-match': tag });
    expect([again.status, again.headers.get('content-security-policy')]).toEqual([304, first.headers.get('content-security-policy')]);
    expect((await site('/states/KEN', { 'if-none-match': tag })).status).toBe(200);
  });

  test('in a language that is written from right to left is turned round, the picture too', async () => {
    const texts = await Promise.all(['en', 'ar'].map(async (locale) => (await (await aSite({ locale }))('/')).text()));
    const places = texts.map((text) => [...text.matchAll(/<circle class="\w+" cx="([\d.]+)%"/g)].map(([, place]) => Number(place)));

    expect(texts[1]).toContain('<html lang="ar" dir="rtl">');
    expect(places[0]?.map((place) => (100 - place).toFixed(2))).toEqual(places[1]?.map((place) => place.toFixed(2)));
  });
});
