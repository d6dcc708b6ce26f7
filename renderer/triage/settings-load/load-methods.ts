import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PeopleBasis } from '#shared/exchange/settings/people-table.ts';
import type { LoadPreviewResult } from '#shared/exchange/settings/read-load.ts';
import type { PeopleFileResult } from '#shared/exchange/settings/read-people.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { method } from '#renderer/data/rpc/method-table.ts';

/** The basis that a file of settings is judged on. */
export interface LoadRequest {
  readonly kind: TableKind;
  readonly rows: readonly ReferenceRow[];
  readonly zone: string;
  readonly at: Instant;
  readonly role: Role;
  /** A file of topics is a whole version, in force from this moment. */
  readonly version?: Instant | null;
}

/** The methods of the worker that reads files of settings. */
export const LOAD_METHODS = {
  read: method<[file: File, request: LoadRequest], LoadPreviewResult>(),
  readPeople: method<[file: File, basis: PeopleBasis], PeopleFileResult>(),
};
