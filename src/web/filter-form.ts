/** The form that narrows a list. It asks for an address, so that what it shows can be kept and passed on. */
import { html } from 'hono/html';
import { CERTAINTIES } from '../domain/calendar/certainty.ts';
import { REGIONS } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import { nameOf } from '../domain/calendar/state.ts';
import { GENEVA } from '../domain/time.ts';
import type { Filters } from './filters.ts';
import type { Html } from './html-lines.ts';
import { hrefOf, type View } from './view.ts';

type Choosable = Exclude<keyof Filters, 'page'>;

interface Option {
  readonly value: string;
  readonly label: string;
}

export function filterForm(path: string, view: View): Html {
  const { words, filters } = view;
  const { sessions } = view.voice.reader.facts;
  const numbers = [...sessions.keys()].sort((a, b) => b - a);
  const isNarrowed = Object.entries(filters).some(([name, value]) => name !== 'zone' && name !== 'page' && value !== null);
  return html`<form class="filters" action="${path}" method="get" aria-label="${words('web.filter.title')}">
<div class="fields">
${field('state', statesOf(view), view)}
${field(
  'region',
  REGIONS.map((region) => ({ value: region, label: words(`region.${region}`) })),
  view,
)}
${field(
  'session',
  numbers.map((session) => ({ value: String(session), label: words('who.session', { session }) })),
  view,
)}
${field(
  'kind',
  DEADLINE_KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) })),
  view,
)}
${field(
  'certainty',
  CERTAINTIES.map((certainty) => ({ value: certainty, label: words(`certainty.${certainty}`) })),
  view,
)}
${field('zone', zonesOf(view), view)}
</div>
<p class="do"><button type="submit">${words('web.filter.show')}</button>${isNarrowed ? html` <a href="${hrefOf(path, view)}">${words('web.filter.clear')}</a>` : ''}</p></form>`;
}

function field(name: Choosable, options: readonly Option[], { words, filters }: View): Html {
  const chosen = filters[name] === null ? '' : String(filters[name]);
  const one = ({ value, label }: Option) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`;
  return html`<div><label for="${name}">${words(`web.filter.${name}`)}</label>
<select id="${name}" name="${name}"><option value="">${words(`web.filter.any-${name}`)}</option>${options.map(one)}</select></div>`;
}

function statesOf({ voice: { reader }, words }: View): readonly Option[] {
  const named = [...reader.facts.states.values()].map((state) => ({ value: state.code, label: nameOf(state, words.locale) }));
  return named.sort((a, b) => a.label.localeCompare(b.label, words.locale));
}

function zonesOf({ zones }: View): readonly Option[] {
  return zones.filter(({ value }) => value !== GENEVA);
}
