import { z } from 'zod';
import { referenceName, slug, validity } from './bounds.ts';

/** Parts that one agency may be split into. */
export const MOST_HEIRS = 200;

/**
 * A part of an agency's work, and who has it: of a topic or a whole group, in one place or in all, by the
 * names that the registry writes. A part without either would be all of it: that is what a successor is for.
 */
export const heirSchema = z
  .object({
    topic: referenceName.optional(),
    group: referenceName.optional(),
    municipality: referenceName.optional(),
    agency: slug,
  })
  .refine(({ topic, group, municipality }) =>
    [topic, group, municipality].some((name) => name !== undefined),
  );
/** See {@link heirSchema}. */
export type Heir = Readonly<z.infer<typeof heirSchema>>;

/** Heirs of an agency, and since when they have their parts. */
export const splitSchema = z.object({ at: validity, heirs: z.array(heirSchema).min(1).max(MOST_HEIRS) });
/** See {@link splitSchema}. */
export type Split = Readonly<z.infer<typeof splitSchema>>;

/** The subject of an incident, as far as it says who answers it; null where that is not known. */
export interface Matter {
  readonly topic: string | null;
  readonly group: string | null;
  readonly municipality: string | null;
}

const FIELDS = ['topic', 'group', 'municipality'] as const;

/** One word for all parts that are of the same topic, group and place. */
export const partKey = ({ topic, group, municipality }: Heir): string =>
  JSON.stringify([topic ?? null, group ?? null, municipality ?? null]);

/** A topic says more than its group, and a group more than a place, as with routes. */
const exactness = ({ topic, group, municipality }: Heir): number =>
  (topic === undefined ? 0 : 4) + (group === undefined ? 0 : 2) + (municipality === undefined ? 0 : 1);

/** Finds the heir of the most exact part that fits a matter; null where no part does. */
export function heirOf(heirs: readonly Heir[], matter: Matter): string | null {
  const fitting = heirs.filter((heir) =>
    FIELDS.every((field) => heir[field] === undefined || heir[field] === matter[field]),
  );
  return fitting.toSorted((a, b) => exactness(b) - exactness(a))[0]?.agency ?? null;
}
