import { COLUMNS, MANDATORY, type ColumnKey } from '#shared/exchange/columns.ts';
import { mapHeaders, type HeaderMap, type MappingChoice } from '#shared/exchange/header-map.ts';

/** Gives our column that a column of the file is taken for; null when it is only kept by its own name. */
export const keyAt = ({ targets }: HeaderMap, index: number): ColumnKey | null => {
  const target = targets[index] ?? null;
  return target !== null && 'known' in target ? target.known : null;
};

/**
 * A person says what column `index` is. The column that was that before is kept by name from now on: no two
 * columns of a file may be the same thing.
 */
export function chosen(
  map: HeaderMap,
  choice: MappingChoice,
  index: number,
  key: ColumnKey | null,
): MappingChoice {
  const before = key === null ? -1 : map.targets.findIndex((_, at) => at !== index && keyAt(map, at) === key);
  return { ...choice, ...(before < 0 ? {} : { [before]: null }), [index]: key };
}

export const isMandatory = (key: ColumnKey): boolean => MANDATORY.includes(key);

/** Choices of the select: every column of the registry, the mandatory ones marked. */
export const columnChoices = (): readonly { readonly value: ColumnKey; readonly label: string }[] =>
  COLUMNS.map(({ key, header }) => ({ value: key, label: isMandatory(key) ? `${header} *` : header }));

/**
 * Columns in the order to look at them: those not recognised by their header first, whatever has been chosen
 * since.
 */
export function unknownFirst(headers: readonly string[]): readonly number[] {
  const proposal = mapHeaders(headers);
  const all = headers.map((_, index) => index);
  const isUnknown = (index: number): boolean => headers[index] !== '' && keyAt(proposal, index) === null;
  return [...all.filter(isUnknown), ...all.filter((index) => !isUnknown(index))];
}
