/** Tells an object from lists and single values. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Copies of a value, each with one more field in one of its objects; `path` says in which. */
export function* withAddedField(
  value: unknown,
  added: unknown,
  path = '',
): Generator<{ readonly path: string; readonly value: unknown }> {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const inner of withAddedField(item, added, `${path}[]`))
        yield { path: inner.path, value: value.with(at, inner.value) };
    return;
  }
  if (!isObject(value)) return;
  yield { path, value: { ...value, addedLater: added } };
  for (const [name, item] of Object.entries(value))
    for (const inner of withAddedField(item, added, path === '' ? name : `${path}.${name}`))
      yield { path: inner.path, value: { ...value, [name]: inner.value } };
}
