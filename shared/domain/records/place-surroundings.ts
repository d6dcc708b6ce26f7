import { municipalitySchema, type Municipality } from '#shared/domain/directory.ts';
import { readableOf } from '#shared/domain/readable.ts';

/** All that knows a municipality by its name: incidents, closed ones too, and routes in force. */
export interface MunicipalityUse {
  readonly incidents: number;
  readonly routes: number;
}

/** Everything that the judge of a municipality may look at besides it. */
export interface PlaceSurroundings {
  readonly municipalities: ReadonlyMap<string, Municipality>;
  /** Of those that are changed, by id; null on a console, which leaves this to the API. */
  readonly uses: ReadonlyMap<string, MunicipalityUse> | null;
}

/** Municipalities by id, of their stored rows; those that cannot be read are left out. */
export const municipalitiesById = (rows: readonly unknown[]): Map<string, Municipality> =>
  new Map(readableOf(municipalitySchema, rows).map((one) => [one.id, one]));
