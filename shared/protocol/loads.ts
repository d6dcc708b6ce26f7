import { z } from 'zod';
import { RECORD_ID_LENGTH } from '#shared/domain/record.ts';

/** For how long a load may be taken back. */
export const LOAD_HOURS = 24;

/** Loads that are listed, the newest. */
export const MOST_LOADS = 50;

/** `GET /api/v1/loads`, for administrators: files of settings that were loaded within {@link LOAD_HOURS}. */
export const loadsSchema = z.object({
  loads: z
    .array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        file: z.string(),
        actor: z.string(),
        at: z.int(),
        rows: z.int(),
        /** It was taken back since. */
        isTakenBack: z.boolean(),
      }),
    )
    .max(MOST_LOADS),
});
export type SettingsLoad = z.output<typeof loadsSchema>['loads'][number];

/**
 * `GET /api/v1/loads/:id`: its rows as they were saved, and in `from` the fields as they were before; null
 * for a new row.
 */
export const loadRowsSchema = z.object({
  kind: z.string(),
  rows: z.array(
    z.object({
      id: z.string().max(RECORD_ID_LENGTH),
      row: z.record(z.string(), z.unknown()),
      from: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});
export type LoadRows = z.output<typeof loadRowsSchema>;
