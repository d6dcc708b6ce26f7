import {
  AGENCY_LEVELS,
  existsAt,
  SHORT_NAME_LENGTH,
  type Agencies,
  type Agency,
} from '#shared/domain/directory.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { partKey, type Split } from '#shared/domain/split.ts';
import { chainOf } from './chain.ts';
import { judgeWeek } from './judge-calendar.ts';
import { rememberedLooks } from './looks.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Says why an agency may not become `after`; null when it may. Names of old may break today's rules: only
 * what is changed is judged.
 */
export function judgeAgency(
  after: Agency,
  before: Agency | null,
  surroundings: Surroundings,
): Refusal | null {
  const agencies = new Map(surroundings.agencies).set(after.id, after);
  const hasChanged = (...fields: readonly (keyof Agency)[]): boolean =>
    fields.some((field) => before?.[field] !== after[field]);
  return (
    (hasChanged('name') ? judgeName(after, agencies) : null) ??
    (hasChanged('shortName') ? judgeShortName(after, agencies) : null) ??
    (hasChanged('parent') ? judgeParent(after, agencies, surroundings) : null) ??
    (hasChanged('validFrom', 'validTo', 'successor') ? judgeValidity(after, agencies, surroundings) : null) ??
    (after.split === undefined || sameJson(after.split, before?.split)
      ? null
      : judgeSplit(after.id, after.split, agencies, surroundings)) ??
    (after.hours === undefined || sameJson(after.hours, before?.hours) ? null : judgeWeek(after.hours))
  );
}

/** Another agency whose name, as `nameOf` gives it, looks the same; one that was merged counts no more. */
function twinOf(agency: Agency, agencies: Agencies, nameOf: (agency: Agency) => string): string | null {
  const looks = rememberedLooks(nameOf(agency));
  for (const other of agencies.values()) {
    if (other.id === agency.id || other.successor !== undefined) continue;
    if (rememberedLooks(nameOf(other)) === looks) return other.id;
  }
  return null;
}

function judgeName(agency: Agency, agencies: Agencies): Refusal | null {
  const twin = twinOf(agency, agencies, ({ name }) => name);
  return twin === null ? null : { kind: 'name_taken', agency: twin };
}

function judgeShortName(agency: Agency, agencies: Agencies): Refusal | null {
  if (Array.from(agency.shortName).length > SHORT_NAME_LENGTH)
    return { kind: 'short_name_long', limit: SHORT_NAME_LENGTH };
  const twin = twinOf(agency, agencies, ({ shortName }) => shortName);
  return twin === null ? null : { kind: 'short_name_taken', agency: twin };
}

function judgeParent(agency: Agency, agencies: Agencies, { at }: Surroundings): Refusal | null {
  const { id, parent } = agency;
  if (parent === undefined) return null;
  const trouble = judgeNamed(parent, agencies, at);
  if (trouble !== null) return trouble;
  const above = chainOf(id, agencies, (one) => one.parent);
  if (above === null) return { kind: 'agencies_in_ring', agency: parent };
  return above.length + depthUnder(id, agencies) > AGENCY_LEVELS
    ? { kind: 'too_many_levels', limit: AGENCY_LEVELS }
    : null;
}

function judgeValidity(agency: Agency, agencies: Agencies, surroundings: Surroundings): Refusal | null {
  const { validFrom, validTo, successor } = agency;
  if (successor !== undefined && validTo === undefined) return { kind: 'successor_of_open' };
  if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom)
    return { kind: 'ends_before_beginning' };
  return validTo === undefined ? null : judgeEnd({ ...agency, validTo }, agencies, surroundings);
}

/** Whoever closes hands over its work, and has no parts that go on without it. */
function judgeEnd(
  { id, validTo, successor }: Agency & { readonly validTo: number },
  agencies: Agencies,
  { works, at }: Surroundings,
): Refusal | null {
  const parts = [...agencies.values()].filter((part) => part.parent === id && existsAt(part, validTo));
  if (parts.length > 0) return { kind: 'agency_has_parts', count: parts.length };
  if (successor !== undefined)
    return (
      judgeNamed(successor, agencies, Math.max(at, validTo)) ??
      (leadsBack(id, successor, agencies) ? { kind: 'agencies_in_ring', agency: successor } : null)
    );
  const work = works?.get(id);
  if (work === undefined || work.incidents + work.routes === 0) return null;
  return { kind: 'agency_has_work', incidents: work.incidents, routes: work.routes };
}

/** Whoever gets a part exists by then, and nobody's part leads back to the agency that is split. */
function judgeSplit(id: string, split: Split, agencies: Agencies, { at }: Surroundings): Refusal | null {
  if (new Set(split.heirs.map(partKey)).size < split.heirs.length) return { kind: 'parts_alike' };
  for (const { agency } of split.heirs) {
    const trouble = judgeNamed(agency, agencies, Math.max(at, split.at));
    if (trouble !== null) return trouble;
    if (leadsBack(id, agency, agencies)) return { kind: 'agencies_in_ring', agency };
  }
  return null;
}

/** Tells whether work that goes from one agency to another may come back by successors and heirs. */
function leadsBack(id: string, first: string, agencies: Agencies): boolean {
  const passed = new Set<string>();
  const waiting = [first];
  for (let now = waiting.pop(); now !== undefined; now = waiting.pop()) {
    if (now === id) return true;
    if (passed.has(now)) continue;
    passed.add(now);
    const row = agencies.get(now);
    if (row?.successor !== undefined) waiting.push(row.successor);
    waiting.push(...(row?.split?.heirs ?? []).map(({ agency }) => agency));
  }
  return false;
}

/** Says why another agency may not be named; null when it may. */
function judgeNamed(id: string, agencies: Agencies, at: number): Refusal | null {
  const agency = agencies.get(id);
  if (agency === undefined) return { kind: 'unknown_agency', agency: id };
  return existsAt(agency, at) ? null : { kind: 'agency_closed', agency: id };
}

/** Levels below an agency. No ring stands under it: the chain above was looked at first. */
function depthUnder(id: string, agencies: Agencies): number {
  const parts = [...agencies.values()].filter(({ parent }) => parent === id);
  return parts.length === 0 ? 0 : 1 + Math.max(...parts.map((part) => depthUnder(part.id, agencies)));
}
