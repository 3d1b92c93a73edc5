/** Time zones by the names of their cities. */
import { GENEVA, isZone, type Zone } from '../domain/time.ts';
import { type Candidate, candidate, meant } from './match.ts';

/** Names that this machine still lists, and how their places are called now. */
const RENAMED: Readonly<Record<Zone, Zone>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};
/** Places that people ask for and that have no zone of their own; the first is shown beside its zone. */
const ALSO: Readonly<Record<Zone, readonly string[]>> = {
  [GENEVA]: ['Geneva', 'Genève', 'Genf', 'Ginebra', 'Женева', '日内瓦', 'جنيف', 'Bern'],
  'Asia/Kolkata': ['Delhi', 'Mumbai', 'India'],
  'America/New_York': ['Washington'],
  'America/Sao_Paulo': ['Brasilia'],
  'Asia/Shanghai': ['Beijing'],
  'Africa/Lagos': ['Abuja'],
  UTC: ['GMT', 'Zulu'],
};

let known: readonly Candidate[] | null = null;

/** Those of a few places first, then every other by name. */
export function zonesIn(first: readonly Zone[]): readonly Candidate[] {
  known ??= allZones();
  const all = known;
  const before = [...new Set(first)].flatMap((zone) => all.find(({ value }) => value === zone) ?? []);
  return [...before, ...all.filter((zone) => !before.includes(zone))];
}

function allZones(): readonly Candidate[] {
  const listed = new Set([GENEVA, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...listed].map((listedAs) => {
    const zone = nowCalled(listedAs);
    const cities = [listedAs, zone].map((name) => name.split('/').at(-1) ?? name);
    const also = ALSO[zone] ?? [];
    const label = also[0] === undefined ? zone : `${zone} (${also[0]})`;
    return candidate(zone, label.replaceAll('_', ' '), [listedAs, ...cities, ...also]);
  });
}

function nowCalled(zone: Zone): Zone {
  const name = RENAMED[zone];
  return name !== undefined && isZone(name) ? name : zone;
}

/** The zone that is meant, or those that may be; none when nothing is like it. Other names that the machine knows are taken too. */
export function zoneNamed(typed: string): Zone | readonly Candidate[] {
  const found = meant(typed, zonesIn([]));
  if ('value' in found) return found.value;
  const name = typed.trim();
  if (!/^[a-z_]+(?:\/[a-z0-9_+-]+)*$/i.test(name) || !isZone(name)) return found;
  return nowCalled(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
}
