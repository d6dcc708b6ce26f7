import { z } from 'zod';
import type { Actor } from './actor.ts';
import { activitySchema } from './activity.ts';
import { typedCalendarSchema } from './calendar.ts';
import { campaignSchema } from './campaign.ts';
import { agencySchema, municipalitySchema } from './directory.ts';
import { deadlinePolicySchema } from './deadline.ts';
import { topicSchema } from './dictionary.ts';
import { exampleSchema } from './example.ts';
import { importanceRuleSchema } from './importance-rule.ts';
import { regulationSchema } from './regulation.ts';
import { routingRuleSchema } from './routing.ts';
import { replyTemplateSchema } from './templates/reply-template.ts';
import {
  mapsOf,
  mayWrite,
  RECORD_RULES,
  REGISTER_KINDS,
  type RecordKind,
  type RecordOf,
} from './records/record-rules.ts';
import type { Surroundings } from './records/surroundings.ts';
import type { Refusal } from './refusal.ts';
import { sameJson } from './same-json.ts';

export type CentreRecord = RecordOf[RecordKind];

/** Fields of a record, as many as any may have. */
const MOST_FIELDS = 50;

/** Letters of a record's id, as many as any kind has: the path of a topic is its names. */
export const RECORD_ID_LENGTH = 3000;

/**
 * `row` is the record as the person leaves it; `from` the fields he changed as he saw them, null for a new
 * record. Only those fields are written, so that two people may mend one record; of a field that is a map of
 * many, only the keys that `from` names.
 */
const saving = <K extends RecordKind, S extends z.ZodType<RecordOf[K]>>(kind: K, schema: S) =>
  z.strictObject({ kind: z.literal(kind), ...savedRow(kind, schema) });

const savedRow = <K extends RecordKind, S extends z.ZodType<RecordOf[K]>>(kind: K, schema: S) => ({
  row: schema.refine((row) => RECORD_RULES[kind].hasSensibleDays(row), { message: 'no such day' }),
  from: z
    .record(z.string().max(40), z.unknown())
    .refine((fields) => Object.keys(fields).length <= MOST_FIELDS)
    .nullable(),
});

/** Rows of a setting that are saved together, as many as one revision of the feed may hold. */
export const MOST_ROWS_SAVED = 500;
/** Bytes of such rows as JSON, as one revision may hold; a single row may be larger. */
export const MOST_BYTES_SAVED = 1024 * 1024;

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/**
 * Many rows of one setting, all or none: what a file brings. `file` names it; '' where a person changed many
 * by hand. `takesBack` is the load that these rows take back.
 */
const savingMany = <K extends RecordKind, S extends z.ZodType<RecordOf[K]>>(kind: K, schema: S) =>
  z.strictObject({
    kind: z.literal(kind),
    file: z.string().max(200),
    takesBack: z.uuid().nullable(),
    rows: z
      .array(z.strictObject({ id: z.string().min(1).max(RECORD_ID_LENGTH), ...savedRow(kind, schema) }))
      .min(1)
      .max(MOST_ROWS_SAVED)
      .refine((rows) => rows.length === 1 || bytesOf(rows) <= MOST_BYTES_SAVED, {
        message: 'too many bytes',
      }),
  });

/** Arguments of the commands about records; the envelope's `incident` is the record's id. */
export const RECORD_COMMAND_ARGS = {
  saveRecord: z.discriminatedUnion('kind', [
    saving('campaign', campaignSchema),
    saving('activity', activitySchema),
    saving('example', exampleSchema),
    saving('agency', agencySchema),
    saving('route', routingRuleSchema),
    saving('municipality', municipalitySchema),
    saving('calendar', typedCalendarSchema),
    saving('policy', deadlinePolicySchema),
    saving('topic', topicSchema),
    saving('importance_rule', importanceRuleSchema),
    saving('reply_template', replyTemplateSchema),
    saving('regulation', regulationSchema),
  ]),
  /** The envelope's `incident` is the load's id, one for all commands that a file became. */
  saveRecords: z.discriminatedUnion('kind', [
    savingMany('agency', agencySchema),
    savingMany('route', routingRuleSchema),
    savingMany('municipality', municipalitySchema),
    savingMany('topic', topicSchema),
    savingMany('policy', deadlinePolicySchema),
    savingMany('importance_rule', importanceRuleSchema),
    savingMany('reply_template', replyTemplateSchema),
    savingMany('calendar', typedCalendarSchema),
  ]),
  /** Settings are closed, never removed: what refers to them stays readable. */
  removeRecord: z.strictObject({ kind: z.enum(REGISTER_KINDS) }),
} as const;

export type RecordCommandName = keyof typeof RECORD_COMMAND_ARGS;
export type RecordCommand = {
  [N in RecordCommandName]: {
    readonly name: N;
    readonly args: Readonly<z.infer<(typeof RECORD_COMMAND_ARGS)[N]>>;
  };
}[RecordCommandName];

/** A command about one record. */
export type OneRecordCommand = Exclude<RecordCommand, { readonly name: 'saveRecords' }>;
/** A command about many. */
export type ManyRecordsCommand = Extract<RecordCommand, { readonly name: 'saveRecords' }>;

/** Tells whether a command is about a record of the centre and not about an incident. */
export const isRecordCommand = (command: { readonly name: string }): command is RecordCommand =>
  Object.hasOwn(RECORD_COMMAND_ARGS, command.name);

/** A record's row read at the border; null when this version cannot read it. */
export const readRecord = <K extends RecordKind>(kind: K, row: unknown): RecordOf[K] | null =>
  RECORD_RULES[kind].schema.safeParse(row).data ?? null;

/**
 * `row` is the record afterwards, null when there is none. `merged` names fields in which another person's
 * newer value was overwritten.
 */
export type RecordDecision =
  | { readonly ok: true; readonly row: CentreRecord | null; readonly merged: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Occasion of a decision about a record: who acts, and what its judge sees, null where nobody judges. */
export interface RecordOccasion {
  readonly role: Actor['role'];
  readonly surroundings: Surroundings | null;
}

/**
 * Decides a command about a record, the same way in the console and on the API. `before` is the record as it
 * lies there, null when there is none: saving one that was removed meanwhile brings it back whole, for what
 * was typed must not be lost.
 */
export function decideRecord(
  id: string,
  before: CentreRecord | null,
  command: OneRecordCommand,
  { role, surroundings }: RecordOccasion,
): RecordDecision {
  const { kind } = command.args;
  if (!mayWrite(role, kind)) return refuse({ kind: 'role_may_not', role });
  if (command.name === 'removeRecord') return { ok: true, row: null, merged: [] };
  const { row, from } = command.args;
  if (!isOf(kind, id, row)) return refuse({ kind: 'malformed', path: 'row.id', problem: 'another record' });
  // An id that a person's console has made of a name may be another's too.
  if (before !== null && from === null && surroundings !== null) return refuse({ kind: 'already_there' });
  const saved =
    before === null || from === null ? { row, merged: [] } : mergeRecord(before, row, from, mapsOf(kind));
  const refusal = surroundings === null ? null : judge(kind, saved.row, before, surroundings);
  return refusal === null ? { ok: true, ...saved } : refuse(refusal);
}

const refuse = (refusal: Refusal): RecordDecision => ({ ok: false, refusal });

/** The table's functions take rows of their own kind, which the schema of the command has seen to. */
const isOf = <K extends RecordKind>(kind: K, id: string, row: CentreRecord): boolean =>
  RECORD_RULES[kind].isOf(id, row as RecordOf[K]);
const judge = <K extends RecordKind>(
  kind: K,
  after: CentreRecord,
  before: CentreRecord | null,
  surroundings: Surroundings,
): Refusal | null =>
  RECORD_RULES[kind].judge?.(after as RecordOf[K], before as RecordOf[K] | null, surroundings) ?? null;

/**
 * The record with the changed fields written; a field that the person took away is not in `row`. `maps` are
 * fields of which only the named keys are.
 */
function mergeRecord(
  before: CentreRecord,
  row: CentreRecord,
  from: Readonly<Record<string, unknown>>,
  maps: readonly string[],
): { readonly row: CentreRecord; readonly merged: readonly string[] } {
  const [was, sent] = [fieldsOf(before), fieldsOf(row)];
  const { merged, written } = mergeFields(was, sent, from, (name) =>
    maps.includes(name)
      ? mergeFields(fieldsOf(was[name]), fieldsOf(sent[name]), fieldsOf(from[name]), () => null)
      : null,
  );
  return { row: written as unknown as CentreRecord, merged };
}

interface MergedFields {
  readonly written: Fields;
  /** Names of fields in which a newer value was overwritten. */
  readonly merged: readonly string[];
}

/** Writes the fields that `from` names; `inside` merges one that is a map itself. */
function mergeFields(
  was: Fields,
  sent: Fields,
  from: Fields,
  inside: (name: string) => MergedFields | null,
): MergedFields {
  const written = new Map(Object.entries(was));
  const merged: string[] = [];
  for (const name of Object.keys(from)) {
    const map = inside(name);
    const isMerged = map === null ? !sameField(was[name], from[name]) : map.merged.length > 0;
    if (isMerged && !sameField(was[name], sent[name])) merged.push(name);
    if (map !== null) written.set(name, map.written);
    else if (Object.hasOwn(sent, name)) written.set(name, sent[name]);
    else written.delete(name);
  }
  return { written: Object.fromEntries(written), merged };
}

type Fields = Readonly<Record<string, unknown>>;

/** A record or a map in it as its fields; one that is not there has none. */
const fieldsOf = (value: unknown): Fields =>
  (typeof value === 'object' && value !== null ? value : {}) as Fields;

/** A field that is not there is told as null, for JSON has no other word. */
const sameField = (a: unknown, b: unknown): boolean => sameJson(a ?? null, b ?? null);

/**
 * The `from` of a save: the fields that differ, as they were seen; of maps (see `mapsOf`), the keys that do.
 */
export function changedFields(
  seen: CentreRecord,
  row: CentreRecord,
  maps: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const [was, now] = [fieldsOf(seen), fieldsOf(row)];
  return Object.fromEntries(
    differing(was, now).map((name) => [
      name,
      maps.includes(name) ? partOf(fieldsOf(was[name]), fieldsOf(now[name])) : (was[name] ?? null),
    ]),
  );
}

const differing = (was: Fields, now: Fields): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((name) => !sameField(was[name], now[name]));

const partOf = (was: Fields, now: Fields): Fields =>
  Object.fromEntries(differing(was, now).map((key) => [key, was[key] ?? null]));
