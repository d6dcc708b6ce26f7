import Dexie, { type EntityTable } from 'dexie';
import { z } from 'zod';
import {
  issuedSchema,
  issueSchema,
  type Issue,
  type Issued,
  type IssuedPeriod,
} from '#shared/protocol/issues.ts';
import { addressOf } from '#renderer/kit/summary/report-address.ts';

interface Kept {
  readonly key: string;
  readonly value: unknown;
}

/** Whose copies these are: another account of this workstation does not see them. */
export interface Reader {
  readonly region: string;
  readonly account: string;
}

type Copies = Dexie & { readonly kept: EntityTable<Kept, 'key'> };

let copies: Copies | null = null;

/**
 * Issued summaries that were seen here, for reading without the network. They never change, so a copy is
 * never stale.
 */
function open(): Copies {
  if (copies === null) {
    copies = new Dexie('pult-issued') as Copies;
    copies.version(1).stores({ kept: 'key' });
  }
  return copies;
}

const keyOf = ({ region, account }: Reader, period: IssuedPeriod, number: number | null): string =>
  [region, account, addressOf(period), number ?? 'list'].join('|');

/**
 * A copy is a convenience: a full disk or a private window must not stand between a person and the summary.
 */
async function get<T>(key: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.safeParse((await open().kept.get(key))?.value).data ?? null;
  } catch {
    return null;
  }
}

async function put(key: string, value: unknown): Promise<void> {
  try {
    await open().kept.put({ key, value });
  } catch {
    // See above.
  }
}

export const keptList = (reader: Reader, period: IssuedPeriod): Promise<Issue[] | null> =>
  get(keyOf(reader, period, null), z.array(issueSchema));

export const keepList = (reader: Reader, period: IssuedPeriod, issues: readonly Issue[]): Promise<void> =>
  put(keyOf(reader, period, null), issues);

export const keptIssued = (reader: Reader, period: IssuedPeriod, number: number): Promise<Issued | null> =>
  get(keyOf(reader, period, number), issuedSchema);

export const keepIssued = (reader: Reader, issued: Issued): Promise<void> =>
  put(keyOf(reader, issued.issue, issued.issue.number), issued);
