import { isSensibleYear } from '#shared/domain/bounds.ts';
import {
  isUnsorted,
  municipalitySchema,
  type Municipality,
  type Settlement,
} from '#shared/domain/directory.ts';
import { isSensible } from '#shared/domain/instant.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { typedLines } from '#renderer/kit/forms/typed-lines.ts';
import { admitting, readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';

/** A settlement as typed; its streets one a line. */
export interface SettlementFields {
  readonly name: string;
  readonly kind: string;
  readonly streets: string;
}

/** The form of a municipality as typed; an empty number is ''. */
export interface PlaceFields extends ValidityDays {
  readonly name: string;
  readonly shortName: string;
  readonly kind: Municipality['kind'];
  readonly count: number | string;
  readonly year: number | string;
  readonly settlements: readonly SettlementFields[];
  readonly successor: string | null;
}

const settlementFieldsOf = ({ name, kind, streets }: Settlement): SettlementFields => ({
  name,
  kind,
  streets: streets?.join('\n') ?? '',
});

/** The form as it opens: of a municipality that is there, or of a new one. */
export const placeFieldsOf = (place: Municipality | null, zone: ZoneName): PlaceFields => ({
  name: place?.name ?? '',
  shortName: place?.shortName ?? '',
  kind: place?.kind ?? 'district',
  count: place?.population?.count ?? '',
  year: place?.population?.year ?? '',
  settlements: place?.settlements.map(settlementFieldsOf) ?? [],
  ...validityDaysOf(place, zone),
  successor: place?.successor ?? null,
});

/** Basis of reading a form. `seen` is the municipality as the form was opened with, null for a new one. */
export interface PlaceBasis {
  readonly seen: Municipality | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** Reads a form by the record's own schema: a municipality, or the names of the fields that break it. */
export function readPlace(fields: PlaceFields, { seen, zone, taken }: PlaceBasis): FormReading<Municipality> {
  const { successor } = fields;
  const validity = readValidity(fields, seen, zone);
  const {
    validFrom: _f,
    validTo: _t,
    successor: _s,
    verified,
    ...kept
  } = seen ?? {
    id: slugOf(fields.shortName, taken),
  };
  // Whoever saves the form of one that came with an import has sorted it.
  const isSorted = verified === true || (seen !== null && isUnsorted(seen));
  const draft = {
    ...kept,
    name: fields.name.trim(),
    shortName: fields.shortName.trim(),
    kind: fields.kind,
    population: populationOf(fields, seen),
    settlements: fields.settlements.map(settlementOf),
    ...(isSorted ? { verified: true } : {}),
    ...validity,
    ...(successor === null || validity.validTo === undefined ? {} : { successor }),
  };
  const reading = readForm(municipalitySchema, draft, ([first, second]) =>
    first === 'population' ? second : (FIELD_OF[String(first)] ?? first),
  );
  return admitting(reading, RECORD_RULES.municipality.hasSensibleDays, insensibleOf);
}

/** The field that names a day or a year of no use. */
function insensibleOf({ population, validFrom }: Municipality): 'year' | 'firstDay' | 'lastDay' {
  if (population !== null && !isSensibleYear(population.year)) return 'year';
  return validFrom === undefined || isSensible(validFrom) ? 'lastDay' : 'firstDay';
}

const FIELD_OF: Readonly<Record<string, string>> = { validFrom: 'firstDay', validTo: 'lastDay' };

/** Both numbers or none: people of no known year cannot be compared. */
function populationOf({ count, year }: PlaceFields, seen: Municipality | null): unknown {
  const was = seen?.population ?? null;
  if (count === '' && year === '') return null;
  return was !== null && was.count === count && was.year === year ? was : { count, year, verified: true };
}

function settlementOf({ name, kind, streets }: SettlementFields): Settlement {
  const known = typedLines(streets);
  return { name: name.trim(), kind: kind.trim(), ...(known.length === 0 ? {} : { streets: known }) };
}
