import { existsAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** Agencies that may be named as parent or successor of one, for a choice. */
export const choicesFor = (
  agencies: readonly Agency[],
  id: string | null,
  now: Instant,
): readonly { readonly value: string; readonly label: string }[] =>
  agencies
    .filter((agency) => agency.id !== id && existsAt(agency, now))
    .map(({ id: value, name }) => ({ value, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));
