import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '#build/paths.ts';
import { fieldsOf, type SchemaField } from '#tests/helpers/schema-fields.ts';

/** Who fills a schema in. What the API or the shell says itself is bounded by what it was told. */
type Source = 'console' | 'file or administrator' | 'API' | 'shell' | 'page';

const OF_THE_API = [
  'loadRowsSchema',
  'loadsSchema',
  'aboutSchema',
  'accountRowSchema',
  'accountsSchema',
  'apiErrorSchema',
  'attachmentStateSchema',
  'auditExportSchema',
  'auditPageSchema',
  'changeSchema',
  'changesResponseSchema',
  'channelHealthSchema',
  'channelProblemSchema',
  'channelSchema',
  'commandOutcomeSchema',
  'deliverySchema',
  'demoPeopleResponseSchema',
  'digestResponseSchema',
  'endedSessionsSchema',
  'eventWordsSchema',
  'feedAlarmSchema',
  'feedAlarmsSchema',
  'givenPasswordSchema',
  'handedOverSchema',
  'helloResponseSchema',
  'importLineSchema',
  'invitationAcceptedSchema',
  'invitationMadeSchema',
  'invitationSchema',
  'issueSchema',
  'issuedSchema',
  'jobStatusSchema',
  'jobsSchema',
  'listedAccountSchema',
  'listedChannelSchema',
  'loggedEventSchema',
  'loginResponseSchema',
  'lookUpSchema',
  'partMisplacedSchema',
  'partnerKeysSchema',
  'partnerSchema',
  'partnersSchema',
  'passwordResponseSchema',
  'personSessionSchema',
  'personSessionsSchema',
  'pokeSchema',
  'presenceSchema',
  'pushResponseSchema',
  'replySendSchema',
  'sessionSchema',
  'shellStartedSchema',
];
const OF_THE_SHELL = [
  'addressVerdictSchema',
  'shellEventSchema',
  'shellSessionSchema',
  'shellStartSchema',
  'shellStateSchema',
  'shellWaitSchema',
  'updateStateSchema',
];
const REFERENCE = [
  'agencySchema',
  'deadlinePolicySchema',
  'directorySchema',
  'municipalitySchema',
  'routingRuleSchema',
  'settlementSchema',
  'topicSchema',
  'workingCalendarSchema',
  'workingHoursSchema',
];

/** Fields that take in more than they mean, each with what bounds it instead. */
const BOUNDED_ELSEWHERE: Readonly<Record<string, string>> = {
  'envelopeSchema.args': 'by the arguments of the command, COMMAND_ARGS; in all by the body of a request',
  'pushRequestSchema.commands[].args': 'as envelopeSchema.args',
  'envelopeSchema.at': 'any number is read, so that a wrong clock is refused by name (`clock_wrong`)',
  'pushRequestSchema.commands[].at': 'as envelopeSchema.at',
  mappingSchema: 'names are numbers of columns, 0 … 16384',
  'workingCalendarSchema.days': 'names are days that exist (`dayOfDate`)',
  'workingCalendarSchema.names': 'names are days that exist (`dayOfDate`)',
};
/** True for the fields of a record as they were before: compared, never stored. */
const isSeenBefore = (name: string): boolean =>
  name.endsWith('saveRecord.from{}') || name.endsWith('saveRecords.rows[].from{}');
/** Bytes: as many as a call of the shell carries. */
const isPart = (name: string): boolean => name.endsWith('.part') && name.startsWith('IPC_CHANNELS.waiting');

function sourceOf(name: string): Source {
  if (OF_THE_API.includes(name) || name.startsWith('AUDIT_DETAILS')) return 'API';
  if (OF_THE_SHELL.includes(name) || /^IPC_CHANNELS\..*\.response$/.test(name)) return 'shell';
  if (name.startsWith('IPC_CHANNELS')) return 'page';
  return REFERENCE.includes(name) ? 'file or administrator' : 'console';
}

interface NamedSchema {
  readonly name: string;
  readonly schema: z.ZodType;
}

/** The schemas in a value: itself, or those of a table of schemas, by their names. */
function schemasIn(name: string, value: unknown): NamedSchema[] {
  if (value instanceof z.ZodType) return [{ name, schema: value }];
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return [];
  return Object.entries(value).flatMap(([key, inner]) => schemasIn(`${name}.${key}`, inner));
}

async function exportedSchemas(folder: string): Promise<NamedSchema[]> {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map((file) => import(join(root, folder, file)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => schemasIn(name, value)),
  );
}

interface Row extends SchemaField {
  readonly name: string;
  readonly source: Source;
}

async function allFields(): Promise<Row[]> {
  const schemas = [
    ...(await exportedSchemas('shared/protocol')),
    ...(await exportedSchemas('shared/domain')),
  ];
  const named = new Map(schemas.map((entry) => [entry.name, entry]));
  return [...named.values()].flatMap(({ name, schema }) =>
    fieldsOf(schema).map((field) => ({
      ...field,
      name: [name, field.path].filter(Boolean).join('.'),
      source: sourceOf(name),
    })),
  );
}

const isOwn = ({ source }: Row): boolean => source === 'API' || source === 'shell';

const boundOf = ({ name, range, source, kind }: Row): string | null => {
  if (range !== null) return range;
  if (Object.hasOwn(BOUNDED_ELSEWHERE, name)) return BOUNDED_ELSEWHERE[name] ?? null;
  if (isSeenBefore(name)) return 'compared with what is stored, never stored';
  if (isPart(name)) return 'bytes of one call';
  // An answer's numbers still are numbers of ours; its texts and lists are those we were given.
  return (source === 'API' || source === 'shell') && kind !== 'number' ? 'as it was taken in' : null;
};

/** A percentage that the updater counts. */
const isProgress = ({ name }: Row): boolean => name.endsWith('.percent');

test('every field that comes from outside has bounds', async () => {
  const fields = await allFields();
  expect(fields.filter((field) => !isOwn(field)).length).toBeGreaterThan(150);
  const unbounded = fields.filter((field) => boundOf(field) === null && !isProgress(field));
  expect(unbounded.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([]);
});

test('nothing is excused that is not there', async () => {
  const fields = await allFields();
  const names = new Set(fields.map(({ name }) => name));
  expect(Object.keys(BOUNDED_ELSEWHERE).filter((name) => !names.has(name))).toEqual([]);
  const schemas = new Set(fields.map(({ name }) => name.split(/[.[{]/)[0]));
  expect([...OF_THE_API, ...OF_THE_SHELL, ...REFERENCE].filter((name) => !schemas.has(name))).toEqual([]);
});

test('docs/ranges.md says of every field what it may be', async () => {
  const lines = (await allFields())
    .map((row) => `| ${row.name} | ${row.kind} | ${boundOf(row) ?? '0 … 100'} | ${row.source} |`)
    .toSorted();
  const table = [
    '# Ranges of what goes over the wire',
    '',
    'Written by `tests/unit/ranges/wire-ranges.test.ts` from the schemas, and anew by',
    '`npm test -- tests/unit/ranges -u`; the test fails when a field from outside has no bounds or this',
    'table is not that of the schemas.',
    'Columns of the database: [ranges-of-columns.md](ranges-of-columns.md).',
    '',
    '| field | kind | range | filled in by |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  await expect(table).toMatchFileSnapshot(join(root, 'docs/ranges.md'));
});
