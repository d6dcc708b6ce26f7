import type { JSONColumnType } from 'kysely';

/**
 * A JSON value as the database gives it; to be parsed with zod before it is believed. Written as JSON text.
 */
export type Json = JSONColumnType<object, string, string>;
export type JsonArray = JSONColumnType<unknown[], string, string>;
