import type { z } from 'zod';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';

/**
 * Gives what goes out of a value for somebody who may not know persons; undefined where nothing of it does. A
 * view takes only what it is made for: of anything else nothing goes out.
 */
export type View = (value: unknown) => unknown;

/** Keys of every member of a union, not only those that all have. */
type AllKeys<T> = T extends unknown ? keyof T : never;

/** A view for each field of a type: the compiler asks for those that are missing. */
export type ViewsOf<T> = { readonly [K in AllKeys<T>]-?: View };

/** A number, a mark or a name that tells of no resident. */
export const plain: View = (value) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined;

/** Words that somebody wrote: without what a person is reached or known by. */
export const ownWords: View = (value) =>
  typeof value === 'string' ? withoutIdentifiers(value) : plain(value);

/** Names out of a list, which must come whole however they look; anything else by the other view. */
export const oneOf =
  (names: readonly string[], other: View): View =>
  (value) =>
    typeof value === 'string' && names.includes(value) ? value : other(value);

/** An address on the network; '' where it leads to a person's page. */
export const link: View = (value) =>
  typeof value === 'string' && withoutIdentifiers(value) !== value ? '' : plain(value);

/** Nothing of a field that tells of a person, or that nobody needs who only reads. */
export const hidden: View = () => undefined;

/** Stands in the place of a value that readers expect to be there. */
export const instead =
  (stand: unknown): View =>
  () =>
    stand;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a list that have something to show. */
export const each =
  (view: View): View =>
  (value) =>
    Array.isArray(value) ? value.map(view).filter((shown) => shown !== undefined) : undefined;

/** These fields of an object, each as its view shows it, and no others. */
export const only =
  <T>(views: ViewsOf<T>): View =>
  (value) =>
    value === null ? null : isObject(value) ? pick(value, views) : undefined;

function pick(value: Readonly<Record<string, unknown>>, views: Readonly<Record<string, View>>): object {
  const shown: Record<string, unknown> = {};
  for (const [name, view] of Object.entries(views)) {
    const field = Object.hasOwn(value, name) ? view(value[name]) : undefined;
    if (field !== undefined) shown[name] = field;
  }
  return shown;
}

/** An object by one view, anything else by the other. */
export const either =
  (object: View, other: View): View =>
  (value) =>
    isObject(value) ? object(value) : other(value);

/** A row that reads by its schema, which leaves out what it does not name, and then as the view shows it. */
export const bySchema =
  (schema: z.ZodType, view: View = (row) => row): View =>
  (value) => {
    const { data } = schema.safeParse(value);
    return data === undefined ? undefined : view(data);
  };
