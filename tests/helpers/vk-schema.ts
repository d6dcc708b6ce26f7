import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';

interface Parameter {
  readonly name: string;
  readonly type?: string | readonly string[];
  readonly required?: boolean;
}
interface VkSchema {
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly methods: Readonly<Record<string, { readonly parameters: readonly Parameter[] }>>;
}

const vkSchema = JSON.parse(
  readFileSync(join(root, 'tests/fixtures/vk-schema/vk-schema.json'), 'utf8'),
) as VkSchema;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (ref: string): string => must(ref.split('/').at(-1), 'a name');

/** VK marks a needed property on itself; JSON Schema lists them beside. */
function neededOf(properties: Record<string, unknown>): { required?: string[] } {
  const needed = Object.entries(properties)
    .filter(([, parameter]) => isObject(parameter) && parameter['required'] === true)
    .map(([name]) => name);
  return needed.length === 0 ? {} : { required: needed };
}

/**
 * VK's dialect as JSON Schema. One thing of it is not so: some owners have `minimum: 0`, though a community's
 * number is negative everywhere (a photo of a community has a negative owner); that bound is dropped.
 */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (!isObject(node)) return node;
  const { required: _required, entity, format: _format, $ref, minimum, properties, ...rest } = node;
  const schema: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) schema[name] = toJsonSchema(value);
  if (typeof $ref === 'string') schema['$ref'] = `#/definitions/${nameOf($ref)}`;
  if (minimum !== undefined && entity !== 'owner') schema['minimum'] = minimum;
  if (!isObject(properties)) return schema;
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) own[name] = toJsonSchema(value);
  return { ...schema, properties: own, ...neededOf(properties) };
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({
  $id: 'vk',
  definitions: Object.fromEntries(
    Object.entries(vkSchema.definitions).map(([name, node]) => [nameOf(name), toJsonSchema(node)]),
  ),
});

function wrongBy(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath: at, message }) => `${at} ${message ?? ''}`.trim());
}

/**
 * Checks a value against a definition of VK's schema; throws when there is no such definition.
 */
export const violations = (definition: string, value: unknown): string[] =>
  wrongBy(must(ajv.getSchema(`vk#/definitions/${definition}`), definition), value);

/** Definition of what an event of the Callback API carries; message_edit is the bare message. */
function objectOf(type: string): string {
  if (type === 'message_new') return 'callback_message_object';
  if (type === 'message_edit') return 'callback_message';
  const [, family = '', change] = /^(wall_reply|photo_comment|video_comment)_(\w+)$/.exec(type) ?? [];
  if (change === 'delete') return `callback_${family.replace('wall_reply', 'wall_comment')}_delete`;
  if (family !== '' && family !== 'wall_reply') return `callback_${family}`;
  return `callback_${type}`;
}

const eventSchema = z.looseObject({ type: z.string(), object: z.unknown() });

/** Checks an event against VK's schema: its envelope and its object. */
export function eventViolations(body: string): string[] {
  const event = eventSchema.parse(JSON.parse(body));
  return [...violations('callback_base', event), ...violations(objectOf(event.type), event.object)];
}

/** Says with every method who calls and in what version. */
const EVERYWHERE = new Set(['access_token', 'v', 'lang']);
/** `wall.get` is documented with `owner_id`; the schema has kept `domain` alone. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = { 'wall.get': ['owner_id'] };

function valueOf(text: string, type: Parameter['type']): unknown {
  const types = [type].flat();
  if (types.includes('integer') && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes('number') && text !== '') return Number(text);
  if (types.includes('boolean') && /^[01]$/.test(text)) return text === '1';
  return types.includes('array') ? text.split(',') : text;
}

const methods = new Map(
  Object.entries(vkSchema.methods).map(([name, { parameters }]) => {
    const properties = Object.fromEntries(parameters.map(({ name: own, ...rest }) => [own, rest]));
    return [
      name,
      { parameters, validate: ajv.compile(toJsonSchema({ type: 'object', properties }) as object) },
    ];
  }),
);

/** Checks the parameters of a call against VK's schema. An unknown method is a violation too. */
export function callViolations(method: string, params: URLSearchParams): string[] {
  const known = methods.get(method);
  if (known === undefined) return [`no method ${method}`];
  const types = new Map(known.parameters.map(({ name, type }) => [name, type]));
  const own = [...params].filter(
    ([name]) => !EVERYWHERE.has(name) && UNLISTED[method]?.includes(name) !== true,
  );
  const strange = own.filter(([name]) => !types.has(name)).map(([name]) => `no parameter ${name}`);
  const values = Object.fromEntries(own.map(([name, text]) => [name, valueOf(text, types.get(name))]));
  return [...strange, ...wrongBy(known.validate, values)];
}

/** Checks the answer of a method against VK's schema, as far as the fixture holds such answers. */
function answerViolations(method: string, answer: unknown): string[] {
  const definition = `${method.replace('.', '_')}_response`;
  return ajv.getSchema(`vk#/definitions/${definition}`) === undefined ? [] : violations(definition, answer);
}

/** Checks calls and their answers against VK's schema; answers with an error are left out. */
export const exchangeViolations = (
  exchanges: readonly {
    readonly method: string;
    readonly params: URLSearchParams;
    readonly answer: object;
  }[],
): string[] =>
  exchanges.flatMap(({ method, params, answer }) =>
    [
      ...callViolations(method, params),
      ...('response' in answer ? answerViolations(method, answer) : []),
    ].map((wrong) => `${method}: ${wrong}`),
  );
