/** The pages: which address shows what. Public facts only; nothing of any installation is in reach of this room. */
import type { Context, Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { resolveState } from '../domain/calendar/state.ts';
import { GENEVA, type Instant } from '../domain/time.ts';
import { clean } from '../message/clean.ts';
import type { Words } from '../message/words.ts';
import { readFilters } from './filters.ts';
import { ICON, ICON_PATH, layout } from './layout.ts';
import { deadlinePage } from './pages/deadline.ts';
import { feedsPage } from './pages/feeds.ts';
import { sessionsPage, statesPage } from './pages/lists.ts';
import { nextPage } from './pages/next.ts';
import { notFoundPage } from './pages/not-found.ts';
import { participationPage } from './pages/participation.ts';
import { previewPage } from './pages/preview.ts';
import { sessionPage } from './pages/session.ts';
import { statePage } from './pages/state.ts';
import { STYLE, STYLE_PATH } from './style.css.ts';
import { directionOf, hrefOf, type Page, statePath, type View } from './view.ts';

export interface SiteDeps extends Pick<View, 'answers' | 'payloads' | 'zones' | 'origin'> {
  readonly words: Words;
  readonly now: () => Instant;
  readonly facts: () => CalendarFacts;
  readonly picture: (now: Instant) => Promise<Picture>;
}

/** Our own style and pictures, our own form; no script, nothing of anybody else. */
const SECURITY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What a browser keeps of "not modified" goes over what it had, so the policy is said again. */
const tagged = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'content-security-policy'] });

type Show = (view: View, context: Context) => Page | Promise<Page> | { readonly to: string };

export function addPages(app: Hono, deps: SiteDeps): void {
  const show = (path: string, page: Show) => app.get(path, tagged, async (context) => answer(page, context, deps));
  app.get(STYLE_PATH, (context) => context.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': FOR_EVER }));
  app.get(ICON_PATH, (context) => context.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }));
  show('/', nextPage);
  show('/sessions', sessionsPage);
  show('/states', statesPage);
  show('/participation', participationPage);
  show('/feeds', feedsPage);
  show('/preview', (view, context) => previewPage(context.req.query('date') ?? null, view));
  show('/states/:state', (view, context) => ofState(context.req.param('state') ?? '', view));
  show('/sessions/:session', (view, context) => ofSession(context.req.param('session') ?? '', view));
  show('/deadlines/:id', (view, context) => {
    const deadline = view.picture.deadlines.get(context.req.param('id') ?? '');
    return deadline === undefined ? notFoundPage('date', view) : deadlinePage(deadline, view);
  });
  app.notFound((context) => answer((view) => notFoundPage('page', view), context, deps));
}

/** A name, an alias or a code; each State has one address. */
function ofState(typed: string, view: View): ReturnType<Show> {
  const { states } = view.voice.reader.facts;
  if (states.has(typed)) return statePage(typed, view);
  const found = resolveState(typed.slice(0, 100), states.values());
  return 'state' in found ? { to: hrefOf(statePath(found.state.code), view) } : notFoundPage('state', view, found.candidates);
}

function ofSession(typed: string, view: View): Page {
  const number = /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : 0;
  return view.voice.reader.facts.sessions.has(number) ? sessionPage(number, view) : notFoundPage('session', view);
}

async function answer(page: Show, context: Context, deps: SiteDeps): Promise<Response> {
  const view = await viewOf(new URL(context.req.url).searchParams, deps);
  const shown = await page(view, context);
  if ('to' in shown) return context.redirect(shown.to, 302);
  // Whatever a text brought along that is not seen goes, wherever it stands; so do the breaks that only we read.
  const text = clean(String(await layout(shown, view)));
  return context.html(text, shown.status, { 'content-security-policy': SECURITY, 'cache-control': 'no-cache' });
}

async function viewOf(params: URLSearchParams, { words, now: clock, facts: inForce, picture, ...rest }: SiteDeps): Promise<View> {
  const [now, facts] = [clock(), inForce()];
  const { filters, faults } = readFilters(params, facts);
  const reader = { now, zone: filters.zone ?? GENEVA, locale: words.locale, discreet: false, mentionRole: null, facts };
  return { ...rest, words, now, filters, faults, voice: { words, reader }, direction: directionOf(words.locale), picture: await picture(now) };
}
