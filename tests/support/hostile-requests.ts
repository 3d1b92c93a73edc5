/** Requests of people who mean no good, drawn from a seed: odd paths, queries and headers for every address there is. */

/** Markup and escapes that must never come back as they went in. */
export const MARKUP = '<script>alert(1)</script>';

const ADDRESSES = ['/', '/calendar.ics', '/changes.atom', '/calendar.json', '/healthz', '/readyz', '/metrics', '/robots.txt', '/states/USA', '/sessions/54'];
const MORE = ['/deadlines/54-USA-review', '/participation', '/preview', '/feeds', '/private/AAAAAAAAAAAAAAAAAAAAAA.ics', '/states', '/slack/events'];
const NAMES = ['state', 'region', 'session', 'kind', 'certainty', 'estimated', 'zone', 'page', 'date', '__proto__', 'constructor', ''];
const VALUES = [
  ...[
    MARKUP,
    encodeURIComponent(MARKUP),
    '"><img src=x onerror=alert(1)>',
    "' or 1=1 --",
    '%00',
    '%ff%fe',
    '%',
    '%zz',
    '%E0%A4%A',
    '\u0001',
    '..%2f..%2fetc%2fpasswd',
  ],
  ...[
    'KEN,FRA',
    '54',
    '-1',
    '999999999999999999999',
    '1e309',
    'NaN',
    'review',
    'published',
    'yes',
    '{{7*7}}',
    '$%7B7*7%7D',
    '%0d%0aSet-Cookie:%20a=b',
    '%E2%80%AE',
    '__proto__',
  ],
  ...['x'.repeat(3_000), 'KEN,'.repeat(400), '%3Cscript%3E'.repeat(60), '', ' ', '+', '&&&===', '[]=1', '[a][b]=c', 'Europe/Zurich', 'javascript:alert(1)'],
];
const PATHS = [
  ...[
    '//',
    '/../',
    '/..',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/%c0%ae%c0%ae/',
    '/.env',
    '/.git/config',
    '/\\..\\',
    '/%5c',
    '/%00',
    '/a/./b',
    '/;a=b',
  ],
  ...[
    '/calendar.ics/',
    '/calendar.ics%00',
    '/private/',
    '/private/..ics',
    '/private/x.ics',
    '/states/',
    `/states/${encodeURIComponent(MARKUP)}`,
    `/${MARKUP}`,
    '*',
    'http://evil.example/',
  ],
  ...[
    '/sessions/-1',
    '/sessions/9999',
    '/sessions/1e9',
    '/deadlines/__proto__',
    '/deadlines/constructor',
    `/deadlines/${'a'.repeat(1_500)}`,
    `/${'a/'.repeat(900)}`,
    '/%F0%9F%92%A3',
  ],
];
const OTHER_METHODS = ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'];
const HEADERS: readonly (readonly [string, string])[] = [
  ['Host', 'evil.example'],
  ['Host', `${MARKUP}`],
  ['Host', '127.0.0.1:1@evil.example'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Forwarded-Proto', 'javascript'],
  ['X-Original-URL', '/metrics'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Cookie', `a=${MARKUP}; `.repeat(20)],
  ['Accept-Language', MARKUP],
  ['Accept-Encoding', 'gzip;q=bad, *'],
  ['If-None-Match', '"'.repeat(500)],
  ['If-None-Match', '*'],
  ['Range', 'bytes=0-0,1-1,2-'],
  ['User-Agent', MARKUP.repeat(30)],
  ['Referer', `http://evil.example/${MARKUP}`],
  ['Authorization', 'Basic !!!!'],
  ['X-Long', 'y'.repeat(20_000)],
  ['Content-Length', '99999999'],
  ['Transfer-Encoding', 'gzip'],
  ['Expect', '100-continue'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade, HTTP2-Settings'],
];

export interface HostileRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** The same requests for the same seed. */
export function* hostileRequests(seed: number, count: number): Generator<HostileRequest> {
  let state = seed >>> 0;
  // mulberry32
  const draw = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const one = <T>(of: readonly T[]): T => of[draw(of.length)] as T;
  for (let made = 0; made < count; made += 1) {
    const path = draw(4) === 0 ? one(PATHS) : one([...ADDRESSES, ...MORE]);
    const query = Array.from({ length: draw(4) }, () => `${one(NAMES)}=${draw(8) === 0 ? one(VALUES) : one(VALUES).replaceAll(' ', '%20')}`).join(
      draw(8) === 0 ? ';' : '&',
    );
    const who = `X-Forwarded-For`;
    const from: readonly [string, string] = [who, draw(20) === 0 ? MARKUP : `10.${draw(256)}.${draw(256)}.${draw(256)}`];
    const headers = [from, ...Array.from({ length: Math.max(0, draw(5) - 2) }, () => one(HEADERS))];
    yield { method: draw(6) === 0 ? one(OTHER_METHODS) : 'GET', target: `${path}${query === '' ? '' : `?${query}`}`, headers };
  }
}
