import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { withScope, type Database } from './database.ts';

/** A region as the command line gives it. */
export interface NewRegion {
  /**
   * Lower-case Latin letters, digits and hyphens, at most 31: 'eao'. Stands first in every key, so it never
   * changes.
   */
  readonly code: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The number of its first incident: above the registry's own, so that the two counts stay apart. */
  readonly firstNumber?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export type AddRegionResult =
  | { readonly kind: 'added' }
  | { readonly kind: 'refused'; readonly why: 'bad_code' | 'bad_time_zone' | 'bad_first_number' | 'exists' };

/** Tells whether the time zone is one this system knows. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const isFirstNumber = (number: number): boolean =>
  Number.isInteger(number) && number >= FIRST_NUMBERS.lowest && number <= FIRST_NUMBERS.highest;

/**
 * Makes a region and its clock. `owner` is a connection with the owner's URL: the API's role may not do it.
 */
export async function addRegion(owner: Database, region: NewRegion): Promise<AddRegionResult> {
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(region.code)) return { kind: 'refused', why: 'bad_code' };
  if (!isTimeZone(region.timeZone)) return { kind: 'refused', why: 'bad_time_zone' };
  const { firstNumber = FIRST_NUMBERS.usual } = region;
  if (!isFirstNumber(firstNumber)) return { kind: 'refused', why: 'bad_first_number' };
  try {
    await withScope(owner, { region: region.code }, async (tx) => {
      const settings = JSON.stringify(region.settings ?? {});
      await tx
        .insertInto('region')
        .values({ region_id: region.code, name: region.name, time_zone: region.timeZone, settings })
        .execute();
      await tx
        .insertInto('sync_clock')
        .values({ region_id: region.code, last_number: firstNumber - 1 })
        .execute();
    });
    return { kind: 'added' };
  } catch (error) {
    // 23505: unique violation.
    if (errorCode(error) === '23505') return { kind: 'refused', why: 'exists' };
    throw error;
  }
}

/** Codes of all regions of this installation, in order. */
export async function regionCodes(owner: Database): Promise<string[]> {
  const rows = await owner.selectFrom('region').select('region_id').orderBy('region_id').execute();
  return rows.map((row) => row.region_id);
}
