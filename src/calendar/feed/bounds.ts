/** What no calendar of a stranger may hold, though the schema of the files would let a maintainer write it. */
import type { FeedDocument } from './schema.ts';

const TEXT = 4_000;
const NUMBER = 100_000;
const REVIEWS = 2_500;

/** Faults of the whole document, each with the place where it stands. */
export function boundsOf(document: FeedDocument): readonly string[] {
  const faults: string[] = [];
  visit(document, '', (path, value) => {
    const wrong = typeof value === 'number' ? wrongNumber(value) : typeof value === 'string' ? wrongText(value) : null;
    if (wrong !== null) faults.push(`${path} ${wrong}`);
  });
  const reviews = document.sessions.flatMap(({ states = [] }) => states);
  if (reviews.length > REVIEWS) faults.push(`holds more than ${REVIEWS} reviews`);
  for (const { year } of document.holidays) if (year < 1990 || year > 2100) faults.push(`has holidays of the year ${year}`);
  for (const [id, { url }] of Object.entries(document.sources)) if (isOtherAddress(url)) faults.push(`sources.${id}.url is not an address of the web`);
  return faults.length > 0 ? faults : repeats(document);
}

/** Depth is bounded already. */
function visit(value: unknown, at: string, see: (path: string, value: unknown) => void): void {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, `${at}[${index}]`, see);
  else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) visit(item, at === '' ? name : `${at}.${name}`, see);
  else see(at, value);
}

function wrongNumber(value: number): string | null {
  return Math.abs(value) > NUMBER ? 'is larger than any number of a calendar' : null;
}

/** Tabs and line ends are text; other control characters, and halves of pairs, are not. */
function wrongText(text: string): string | null {
  if (text.length > TEXT) return `is longer than ${TEXT} characters`;
  if (!text.isWellFormed()) return 'is not well-formed Unicode';
  return [...text].some((sign) => sign < ' ' && !'\t\n\r'.includes(sign)) ? 'holds control characters' : null;
}

/** Words in the place of an address stay words; a script or a file in its place is never linked, and is refused. */
function isOtherAddress(text: string): boolean {
  return URL.canParse(text) && !/^https?:$/.test(new URL(text).protocol);
}

/** Said twice, the later would silently win. */
function repeats({ sessions, councils, holidays }: FeedDocument): readonly string[] {
  const said = [
    ...sessions.map(({ session }) => `session ${session}`),
    ...councils.map(({ session }) => `Council session ${session}`),
    ...holidays.map(({ year }) => `the holidays of ${year}`),
    ...sessions.flatMap(({ session, states = [] }) => states.map(({ state }) => `${state} in session ${session}`)),
  ];
  const seen = new Set<string>();
  return said.filter((what) => seen.has(what) || !seen.add(what)).map((what) => `lists ${what} a second time`);
}
