import { existsAt, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** Municipalities that may be named as successor of one, for a choice. */
export const successorsFor = (
  municipalities: readonly Municipality[],
  id: string | null,
  now: Instant,
): readonly { readonly value: string; readonly label: string }[] =>
  municipalities
    .filter((one) => one.id !== id && existsAt(one, now))
    .map(({ id: value, name }) => ({ value, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));
