import type { TFunction } from 'i18next';

/** Names of the fields of a row whose values are of a kind. */
type FieldsOf<T, V> = { readonly [N in keyof T]: T[N] extends V ? N : never }[keyof T] & string;

type TextEvent = { readonly currentTarget: { readonly value: string } };

/**
 * Gives the properties of the inputs of a record's fields: the name of each (`records.field.…`), its value,
 * and the change of the row that typing means.
 */
export function recordInputs<T>(row: T, change: (part: Partial<T>) => void, t: TFunction) {
  const set = <N extends keyof T>(name: N, value: T[N]): void => {
    const part: Partial<T> = {};
    part[name] = value;
    change(part);
  };
  const label = (name: string): string => t(`records.field.${name}`);
  return {
    text: <N extends FieldsOf<T, string>>(name: N) => ({
      label: label(name),
      value: row[name] as string,
      onChange: (event: TextEvent) => set(name, event.currentTarget.value as T[N]),
    }),
    /** A number of people; null while nobody has counted. */
    count: <N extends FieldsOf<T, number | null>>(name: N) => ({
      label: label(name),
      min: 0,
      value: (row[name] as number | null) ?? '',
      onChange: (value: number | string) => set(name, (typeof value === 'number' ? value : null) as T[N]),
    }),
    value: <N extends keyof T & string>(name: N) => ({
      label: label(name),
      value: row[name],
      onChange: (value: T[N]) => set(name, value),
    }),
  };
}
