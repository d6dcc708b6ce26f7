import { existsAt, SHORT_NAME_LENGTH, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { chainOf } from './chain.ts';
import { looksOf, rememberedLooks } from './looks.ts';
import type { MunicipalityUse } from './place-surroundings.ts';
import type { Surroundings } from './surroundings.ts';

type Municipalities = ReadonlyMap<string, Municipality>;

/**
 * Says why a municipality may not become `after`; null when it may. Only what is changed is judged. Incidents
 * and routes know a municipality by its name: one that is in use keeps it, and a new name is a new
 * municipality with the old one's ground.
 */
export function judgeMunicipality(
  after: Municipality,
  before: Municipality | null,
  { at, places }: Surroundings,
): Refusal | null {
  if (places === undefined) return null;
  const all = new Map(places.municipalities).set(after.id, after);
  const use = places.uses?.get(after.id) ?? null;
  const hasChanged = (...fields: readonly (keyof Municipality)[]): boolean =>
    fields.some((field) => !sameJson(before?.[field] ?? null, after[field] ?? null));
  return (
    (hasChanged('name') ? judgeName(after, before, all, use) : null) ??
    (hasChanged('shortName') ? judgeShortName(after, all) : null) ??
    (hasChanged('settlements') ? judgeSettlements(after) : null) ??
    (hasChanged('validFrom', 'validTo', 'successor') ? judgeValidity(after, all, use, at) : null)
  );
}

function judgeName(
  after: Municipality,
  before: Municipality | null,
  all: Municipalities,
  use: MunicipalityUse | null,
): Refusal | null {
  // One that was merged keeps its name for good: old months are told by it.
  const twin = [...all.values()].find(
    ({ id, name }) => id !== after.id && rememberedLooks(name) === rememberedLooks(after.name),
  );
  if (twin !== undefined) return { kind: 'place_taken', municipality: twin.id };
  if (before === null || use === null || use.incidents + use.routes === 0) return null;
  return { kind: 'place_in_use', incidents: use.incidents, routes: use.routes };
}

function judgeShortName(after: Municipality, all: Municipalities): Refusal | null {
  if (Array.from(after.shortName).length > SHORT_NAME_LENGTH)
    return { kind: 'short_name_long', limit: SHORT_NAME_LENGTH };
  const twin = [...all.values()].find(
    ({ id, shortName, successor }) =>
      id !== after.id &&
      successor === undefined &&
      rememberedLooks(shortName) === rememberedLooks(after.shortName),
  );
  return twin === undefined ? null : { kind: 'short_place_taken', municipality: twin.id };
}

/** A village and a station of one name are two places; the same of one kind is one, written twice. */
function judgeSettlements({ settlements }: Municipality): Refusal | null {
  const seen = new Set<string>();
  for (const { kind, name } of settlements) {
    const looks = `${looksOf(kind)} ${looksOf(name)}`;
    if (seen.has(looks)) return { kind: 'settlement_twice', settlement: `${kind} ${name}`.trim() };
    seen.add(looks);
  }
  return null;
}

function judgeValidity(
  { id, validFrom, validTo, successor }: Municipality,
  all: Municipalities,
  use: MunicipalityUse | null,
  at: Instant,
): Refusal | null {
  if (validTo === undefined) return successor === undefined ? null : { kind: 'successor_of_open' };
  if (validFrom !== undefined && validTo <= validFrom) return { kind: 'ends_before_beginning' };
  if (successor === undefined)
    return use === null || use.incidents + use.routes === 0
      ? null
      : { kind: 'place_needs_successor', incidents: use.incidents, routes: use.routes };
  const heir = all.get(successor);
  if (heir === undefined) return { kind: 'unknown_municipality', municipality: successor };
  if (chainOf(id, all, (one) => one.successor) === null)
    return { kind: 'places_in_ring', municipality: successor };
  return existsAt(heir, Math.max(at, validTo)) ? null : { kind: 'place_closed', municipality: successor };
}
