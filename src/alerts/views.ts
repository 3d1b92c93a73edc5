/** The calendar as each installation sees it: that of all, with its own corrections and what follows from them. */
import type { Picture } from '../domain/calendar/diff.ts';
import { type OwnSources, pictureWith } from '../domain/calendar/team.ts';
import type { Channel, Place, TeamView, VersionedDeadline } from '../store/store.ts';

/** What is seen at one revision. */
export interface Seen {
  readonly picture: Picture;
  readonly versions: ReadonlyMap<string, VersionedDeadline>;
  /** Those that the installation named itself. */
  readonly sources: OwnSources;
}

export interface Views {
  /** As an installation sees it; the same object each time. Without one, or without corrections: as all see it. */
  of(place: Place | undefined): Seen;
  /** Whether an installation sees this date otherwise than all. */
  isOwn(place: Place, deadline: string): boolean;
  /** Every date that an installation sees otherwise, each with its installation. */
  readonly dates: readonly VersionedDeadline[];
}

export function viewsOver(calendar: Omit<Seen, 'sources'>, teams: readonly TeamView[]): Views {
  const all: Seen = { ...calendar, sources: new Map() };
  const views = new Map(teams.map((team) => [keyOf(team.place), team]));
  const made = new Map<string, Seen>();
  const make = (key: string, team: TeamView): Seen => {
    const seen = seenBy(all, team);
    made.set(key, seen);
    return seen;
  };
  return {
    of: (place) => {
      const key = place === undefined ? '' : keyOf(place);
      const team = views.get(key);
      return team === undefined ? all : (made.get(key) ?? make(key, team));
    },
    isOwn: (place, deadline) => views.get(keyOf(place))?.own.deadlines.has(deadline) ?? false,
    dates: teams.flatMap(({ versions }) => [...versions.values()]),
  };
}

function seenBy({ picture, versions }: Seen, { own, versions: ownVersions, corrections }: TeamView): Seen {
  const seen = new Map([...versions, ...ownVersions]);
  for (const [id, deadline] of own.deadlines) if (deadline === null) seen.delete(id);
  return { picture: pictureWith(picture, own), versions: seen, sources: new Map(corrections.map(({ source }) => [source.id, source])) };
}

function keyOf({ platform, id }: Place): string {
  return `${platform}/${id}`;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.platform === b.platform && a.id === b.id;
}

export function placeOf({ platform, installation }: Pick<Channel, 'platform' | 'installation'>): Place {
  return { platform, id: installation };
}

/** What the planner remembers, as an installation sees it. */
export function asSeenBy<M extends Pick<Seen, 'picture' | 'versions'> & { readonly views: Views }>(memory: M, place: Place | undefined): M {
  const { picture, versions } = memory.views.of(place);
  return picture === memory.picture ? memory : { ...memory, picture, versions };
}
