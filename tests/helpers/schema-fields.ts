import { z } from 'zod';

/** One field of a schema as it is sent: where it stands, what it is, and its range as people read it. */
export interface SchemaField {
  readonly path: string;
  readonly kind: 'number' | 'text' | 'list' | 'names' | 'anything';
  /** Null: it has no bounds. */
  readonly range: string | null;
}

/** JSON Schema, as far as zod writes it. */
interface Node {
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly propertyNames?: Node & { readonly enum?: unknown };
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Every number, text, list and open object that a schema takes in. */
export function fieldsOf(schema: z.ZodType): SchemaField[] {
  const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input', reused: 'inline' });
  return [...new Map(fieldsIn(root as Node, '').map((field) => [JSON.stringify(field), field])).values()];
}

function fieldsIn(node: Node, path: string): SchemaField[] {
  const choices = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  const inner = choices.flatMap((choice) => fieldsIn(choice, path));
  if (node.enum !== undefined || Object.hasOwn(node, 'const')) return inner;
  switch (node.type) {
    case 'string':
      return [...inner, { path, kind: 'text', range: textRange(node) }];
    case 'number':
    case 'integer':
      return [...inner, { path, kind: 'number', range: numberRange(node) }];
    case 'array':
      return [...inner, ...listFields(node, path)];
    case 'object':
      return [...inner, ...objectFields(node, path)];
    case 'boolean':
    case 'null':
      return inner;
    default:
      return choices.length > 0 ? inner : [{ path, kind: 'anything', range: null }];
  }
}

function listFields(node: Node, path: string): SchemaField[] {
  const { items, prefixItems = [], minItems = 0, maxItems } = node;
  const own: SchemaField = {
    path,
    kind: 'list',
    range: maxItems === undefined ? null : `${minItems} … ${maxItems}`,
  };
  if (prefixItems.length > 0) return prefixItems.flatMap((item) => fieldsIn(item, `${path}[]`));
  return [own, ...(items === undefined ? [] : fieldsIn(items, `${path}[]`))];
}

function objectFields(node: Node, path: string): SchemaField[] {
  const { properties = {}, additionalProperties: more, propertyNames: names } = node;
  const named = Object.entries(properties).flatMap(([name, value]) =>
    fieldsIn(value, path === '' ? name : `${path}.${name}`),
  );
  if (typeof more !== 'object') return named;
  const isOpen = names === undefined || (names.enum === undefined && textRange(names) === null);
  const range = isOpen ? null : names.enum === undefined ? textRange(names) : 'its words';
  return [...named, { path, kind: 'names', range }, ...fieldsIn(more, `${path}{}`)];
}

/** Formats that bound a text by themselves. */
const FORMATS: Readonly<Record<string, string>> = { uuid: 'a UUID', date: 'YYYY-MM-DD' };

function textRange({ minLength = 0, maxLength, pattern, format }: Node): string | null {
  const named = FORMATS[format ?? ''];
  if (named !== undefined) return named;
  if (maxLength !== undefined) return `${minLength} … ${maxLength} characters`;
  // A pattern from beginning to end without an endless repetition bounds the length.
  const isBounded = pattern !== undefined && /^\^.*\$$/.test(pattern) && !/[^\\][*+]|,\}/.test(pattern);
  return isBounded ? `\`${pattern.replaceAll('|', String.raw`\|`)}\`` : null;
}

const SAFE = Number.MAX_SAFE_INTEGER;

function numberRange({ type, minimum, maximum }: Node): string | null {
  if (minimum === undefined || maximum === undefined) return null;
  const shown = (value: number): string =>
    value === SAFE ? '2^53 − 1' : value === -SAFE ? '−2^53 + 1' : String(value);
  return `${shown(minimum)} … ${shown(maximum)}${type === 'integer' ? '' : ', fractions too'}`;
}
