import { z } from 'zod';
import { referenceName, slug, validity } from './bounds.ts';
import type { Instant } from './instant.ts';
import { heirOf, splitSchema, type Matter } from './split.ts';
import { typedHoursSchema } from './working-hours.ts';

/** The body an agency answers to; it decides where it stands in lists and reports. */
export const AGENCY_KINDS = ['regional', 'municipal', 'utility', 'federal', 'centre', 'other'] as const;
/** See {@link AGENCY_KINDS}. */
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** Letters of a short name: what a row of the queue has room for. */
export const SHORT_NAME_LENGTH = 20;

/** Levels of agencies under one another, the highest counted. */
export const AGENCY_LEVELS = 4;

/** Whom to call: words of the centre's own, never a resident's. */
export const contactsSchema = z.object({
  person: z.string().max(200),
  phone: z.string().max(100),
  email: z.string().max(254),
  address: z.string().max(500),
});

/**
 * Whoever can be given an incident: «Отдел» of the registry (column D) with its «Исполнитель» units (column
 * E). Validity is [validFrom, validTo), so that a merged or renamed body keeps its history.
 */
export const agencySchema = z.object({
  /** A slug that never changes. */
  id: slug,
  name: referenceName.min(1),
  /** At most {@link SHORT_NAME_LENGTH} letters where a person gave it; files brought longer ones. */
  shortName: referenceName.min(1),
  kind: z.enum(AGENCY_KINDS),
  /** The agency it is a part of. */
  parent: slug.optional(),
  units: z.array(referenceName.min(1)).max(100_000),
  /** True when the name was checked against a source; the others are to be confirmed by the region. */
  verified: z.boolean(),
  /** Came in with an import rather than from an administrator. */
  seenInImport: z.boolean().optional(),
  /** «мэрии города Биробиджана», for sentences. */
  genitive: referenceName.optional(),
  dative: referenceName.optional(),
  contacts: contactsSchema.optional(),
  /** Its own working hours, Monday … Sunday, as typed; without them it works by the centre's. */
  hours: z.array(typedHoursSchema.nullable()).length(7).readonly().optional(),
  validFrom: validity.optional(),
  validTo: validity.optional(),
  /** The agency that has its work from `validTo` on, but for what its heirs have. */
  successor: slug.optional(),
  /** Parts of its work that others have from a moment on, whether it goes on itself or not. */
  split: splitSchema.optional(),
});
/** See {@link agencySchema}. */
export type Agency = Readonly<z.infer<typeof agencySchema>>;

/**
 * A town or a village: `kind` as written before the name («г», «пгт», «с», «п», «ст»), streets where they are
 * known.
 */
export const settlementSchema = z.object({
  name: referenceName.min(1),
  kind: z.string().max(100),
  streets: z.array(referenceName.min(1)).max(100_000).optional(),
});
/** See {@link settlementSchema}. */
export type Settlement = Readonly<z.infer<typeof settlementSchema>>;

/**
 * Kinds of upper-level municipalities; `other` is the registry's pseudo-municipality «…, другое» for the
 * whole region.
 */
export const MUNICIPALITY_KINDS = ['city', 'district', 'other'] as const;

/** A municipality, named as the registry writes it in column W. */
export const municipalitySchema = z.object({
  id: slug,
  name: referenceName.min(1),
  shortName: referenceName.min(1),
  kind: z.enum(MUNICIPALITY_KINDS),
  /** Residents, with the year of the figure; `null` for the pseudo-municipality. */
  population: z
    .object({
      count: z.number().int().min(1).max(2_147_483_647),
      year: z.number().int().min(0).max(9999),
      verified: z.boolean(),
    })
    .nullable(),
  settlements: z.array(settlementSchema).max(100_000),
  /** Somebody confirmed it; of interest for one that came with an import. */
  verified: z.boolean().optional(),
  /** Came in with an import rather than from an administrator. */
  seenInImport: z.boolean().optional(),
  validFrom: validity.optional(),
  validTo: validity.optional(),
  /** The municipality that its ground belongs to from `validTo` on. */
  successor: slug.optional(),
});
/** See {@link municipalitySchema}. */
export type Municipality = Readonly<z.infer<typeof municipalitySchema>>;

/** Everything a region can be addressed by. */
export const directorySchema = z.object({
  municipalities: z.array(municipalitySchema).max(100_000),
  agencies: z.array(agencySchema).max(100_000),
});
/** See {@link directorySchema}. */
export type Directory = {
  readonly municipalities: readonly Municipality[];
  readonly agencies: readonly Agency[];
};

/** Tells whether an agency or a municipality exists at a moment. */
export const existsAt = (
  {
    validFrom,
    validTo,
  }: { readonly validFrom?: Instant | undefined; readonly validTo?: Instant | undefined },
  at: Instant,
): boolean => (validFrom === undefined || validFrom <= at) && (validTo === undefined || at < validTo);

/** Agencies of a region by id. */
export type Agencies = ReadonlyMap<string, Agency>;

/** Something that may be merged into another of its kind. */
interface Successive {
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
  readonly successor?: string | undefined;
}

/**
 * The agency that has the work of this one at a moment, or the municipality that has its ground: itself while
 * it exists, else the last of its successors. An id without a row is given back as it is.
 */
export function successorAt(rows: ReadonlyMap<string, Successive>, id: string, at: Instant): string {
  const passed = new Set<string>();
  let now = id;
  while (!passed.has(now)) {
    passed.add(now);
    const row = rows.get(now);
    if (row?.successor === undefined || existsAt(row, at)) return now;
    now = row.successor;
  }
  return id;
}

/**
 * The agency that has an agency's work about a matter at a moment: its heir, else itself while it exists,
 * else its successor, and so on with that one. An id without a row, or in a ring, is given back as it is.
 */
export function workHolderAt(agencies: Agencies, id: string, matter: Matter, at: Instant): string {
  const passed = new Set<string>();
  for (let now = id; !passed.has(now);) {
    passed.add(now);
    const row = agencies.get(now);
    if (row === undefined) return now;
    const heir = row.split !== undefined && row.split.at <= at ? heirOf(row.split.heirs, matter) : null;
    const next = heir ?? (existsAt(row, at) ? undefined : row.successor);
    if (next === undefined) return now;
    now = next;
  }
  return id;
}

/** Something that may have come with an import and waits to be confirmed or merged. */
interface Sortable extends Successive {
  readonly seenInImport?: boolean | undefined;
  readonly verified?: boolean | undefined;
}

/** True for an agency or a municipality that an import made and that nobody has confirmed or merged yet. */
export const isUnsorted = ({ seenInImport, verified, successor }: Sortable): boolean =>
  seenInImport === true && verified !== true && successor === undefined;
