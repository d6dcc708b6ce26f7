import { agencySchema, isUnsorted, type Agency, type AgencyKind } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';

/** The form of an agency as typed. Days are local, the last one inside; '' for none. */
export interface AgencyFields {
  readonly name: string;
  readonly shortName: string;
  readonly kind: AgencyKind;
  readonly parent: string | null;
  /** One a line. */
  readonly units: string;
  readonly person: string;
  readonly phone: string;
  readonly email: string;
  readonly address: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly successor: string | null;
}

const dayAt = (zone: ZoneName, at: Instant | undefined): string =>
  at === undefined ? '' : dateOfDay(localDayAt(zone, at));
const lastDayOf = (zone: ZoneName, validTo: Instant | undefined): string =>
  dayAt(zone, validTo === undefined ? undefined : validTo - 1);

/** The form as it opens: of an agency that is there, or of a new one. */
export const agencyFieldsOf = (agency: Agency | null, zone: ZoneName): AgencyFields => ({
  name: agency?.name ?? '',
  shortName: agency?.shortName ?? '',
  kind: agency?.kind ?? 'municipal',
  parent: agency?.parent ?? null,
  units: agency?.units.join('\n') ?? '',
  person: agency?.contacts?.person ?? '',
  phone: agency?.contacts?.phone ?? '',
  email: agency?.contacts?.email ?? '',
  address: agency?.contacts?.address ?? '',
  firstDay: dayAt(zone, agency?.validFrom),
  lastDay: lastDayOf(zone, agency?.validTo),
  successor: agency?.successor ?? null,
});

/** Basis of reading a form. `seen` is the agency as the form was opened with, null for a new one. */
export interface AgencyBasis {
  readonly seen: Agency | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** The moment of a typed day, `shift` days on; a day that was not touched keeps its moment to the minute. */
function momentOf(
  zone: ZoneName,
  typed: string,
  shift: 0 | 1,
  kept: { readonly day: string; readonly at: Instant | undefined },
): Instant | undefined {
  if (typed === '' || typed === kept.day) return typed === '' ? undefined : kept.at;
  const day = dayOfDate(typed);
  return day === null ? Number.NaN : instantAtLocal(zone, day + shift, 0);
}

/** Reads a form by the record's own schema: an agency, or the names of the fields that break it. */
export function readAgency(fields: AgencyFields, { seen, zone, taken }: AgencyBasis): FormReading<Agency> {
  const { parent, successor, firstDay, lastDay } = fields;
  const contacts = {
    person: fields.person.trim(),
    phone: fields.phone.trim(),
    email: fields.email.trim(),
    address: fields.address.trim(),
  };
  const validFrom = momentOf(zone, firstDay, 0, { day: dayAt(zone, seen?.validFrom), at: seen?.validFrom });
  const validTo = momentOf(zone, lastDay, 1, { day: lastDayOf(zone, seen?.validTo), at: seen?.validTo });
  const {
    parent: _p,
    contacts: _c,
    validFrom: _f,
    validTo: _t,
    successor: _s,
    ...kept
  } = seen ?? {
    id: slugOf(fields.shortName, taken),
  };
  const draft = {
    ...kept,
    name: fields.name.trim(),
    shortName: fields.shortName.trim(),
    kind: fields.kind,
    units: linesOf(fields.units),
    // Whoever saves the form of one that came with an import has sorted it.
    verified: seen === null || isUnsorted(seen) || seen.verified,
    ...(parent === null ? {} : { parent }),
    ...(Object.values(contacts).every((value) => value === '') ? {} : { contacts }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(successor === null || validTo === undefined ? {} : { successor }),
  };
  return readForm(agencySchema, draft, ([first, second]) => FIELD_OF[String(first)] ?? second ?? first);
}

const FIELD_OF: Readonly<Record<string, string>> = {
  units: 'units',
  validFrom: 'firstDay',
  validTo: 'lastDay',
};

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
