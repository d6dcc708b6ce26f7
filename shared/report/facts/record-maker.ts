/**
 * Gives a maker of plain objects that have these properties. An object that gets many of them one by one
 * under computed names is a hash table to V8, and so slow to read; a filled copy of a blank one is not.
 */
export function recordMaker<T>(names: readonly (keyof T & string)[]): (values: readonly unknown[]) => T {
  const blank: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]));
  return (values) => {
    const record = { ...blank };
    for (let at = 0; at < names.length; at += 1) record[names[at] as string] = values[at];
    return record as T;
  };
}
