import { agencySchema, isUnsorted, type Agency, type AgencyKind } from '#shared/domain/directory.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { typedLines } from '#renderer/kit/forms/typed-lines.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';

/** The form of an agency as typed. */
export interface AgencyFields extends ValidityDays {
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
  /** Its own hours; null: the centre's. */
  readonly hours: NonNullable<Agency['hours']> | null;
  readonly successor: string | null;
}

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
  hours: agency?.hours ?? null,
  ...validityDaysOf(agency, zone),
  successor: agency?.successor ?? null,
});

/** Basis of reading a form. `seen` is the agency as the form was opened with, null for a new one. */
export interface AgencyBasis {
  readonly seen: Agency | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** Reads a form by the record's own schema: an agency, or the names of the fields that break it. */
export function readAgency(fields: AgencyFields, { seen, zone, taken }: AgencyBasis): FormReading<Agency> {
  const { parent, successor, hours } = fields;
  const contacts = {
    person: fields.person.trim(),
    phone: fields.phone.trim(),
    email: fields.email.trim(),
    address: fields.address.trim(),
  };
  const validity = readValidity(fields, seen, zone);
  const {
    parent: _p,
    contacts: _c,
    hours: _h,
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
    units: typedLines(fields.units),
    // Whoever saves the form of one that came with an import has sorted it.
    verified: seen === null || isUnsorted(seen) || seen.verified,
    ...(parent === null ? {} : { parent }),
    ...(Object.values(contacts).every((value) => value === '') ? {} : { contacts }),
    ...(hours === null ? {} : { hours }),
    ...validity,
    ...(successor === null || validity.validTo === undefined ? {} : { successor }),
  };
  return readForm(agencySchema, draft, ([first, second]) => FIELD_OF[String(first)] ?? second ?? first);
}

const FIELD_OF: Readonly<Record<string, string>> = {
  units: 'units',
  validFrom: 'firstDay',
  validTo: 'lastDay',
};
