/** A body with one field changed. `path` names it, `change` says how. */
export interface OddBody {
  readonly path: string;
  readonly change: string;
  readonly body: unknown;
}

const REMOVED = Symbol('removed');

/** Values put in place of a field: nothing, every other type, and sizes nobody expects. */
const CHANGES: Readonly<Record<string, unknown>> = {
  null: null,
  removed: REMOVED,
  string: 'слово',
  'empty string': '',
  'huge string': 'я'.repeat(20_000),
  number: 7,
  'huge number': 1e300,
  'negative number': -1.5,
  boolean: true,
  array: [1, 'два', null, [{}]],
  'empty array': [],
  'huge array': Array.from({ length: 1000 }, () => ({ type: 'photo' })),
  object: { неизвестно: 1 },
  'empty object': {},
};

/** A value with what stands at a path of it replaced. */
export function replaced(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  const next = rest.length === 0 ? to : replaced((value as Record<string | number, unknown>)[step], rest, to);
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    if (next === REMOVED) copy.splice(Number(step), 1);
    else copy[Number(step)] = next;
    return copy;
  }
  const { [step]: _gone, ...others } = value as Record<string | number, unknown>;
  return next === REMOVED ? others : { ...others, [step]: next };
}

/** Paths of all fields and list items, outermost first. */
export function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => {
    const inner = (value as Record<string | number, unknown>)[step];
    return [[step], ...pathsOf(inner).map((path) => [step, ...path])];
  });
}

/** The body with every field in turn removed, null, of each other type, empty and huge. */
export function* oddBodies(body: object): Iterable<OddBody> {
  for (const path of pathsOf(body))
    for (const [change, to] of Object.entries(CHANGES))
      yield { path: path.join('.'), change, body: replaced(body, path, to) };
}
