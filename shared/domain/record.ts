import { z } from 'zod';
import { CENTRE_ROLES, type Actor } from './actor.ts';
import { activitySchema, type Activity } from './activity.ts';
import { isSensibleDay } from './bounds.ts';
import { campaignSchema, type Campaign } from './campaign.ts';
import { exampleSchema, type Example } from './example.ts';
import type { Refusal } from './refusal.ts';
import { sameJson } from './same-json.ts';

/**
 * Records that the centre keeps of its own work; stored as reference rows, so that every console has them
 * offline.
 */
export const RECORD_SCHEMAS = {
  campaign: campaignSchema,
  activity: activitySchema,
  example: exampleSchema,
} as const;

export type RecordKind = keyof typeof RECORD_SCHEMAS;
export const RECORD_KINDS = Object.keys(RECORD_SCHEMAS) as readonly RecordKind[];
export type CentreRecord = Campaign | Activity | Example;

/**
 * `row` is the record as the person leaves it; `from` the fields he changed as he saw them, null for a new
 * record. Only those fields are written, so that two people may mend one record.
 */
const saving = <K extends RecordKind>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    row: (RECORD_SCHEMAS[kind] as z.ZodType<CentreRecord>).refine((row) => daysOf(row).every(isSensibleDay), {
      message: 'no such day',
    }) as unknown as (typeof RECORD_SCHEMAS)[K],
    from: z
      .record(z.string().max(40), z.unknown())
      .refine((fields) => Object.keys(fields).length <= MOST_FIELDS)
      .nullable(),
  });

/** Fields of a record, as many as any may have. */
const MOST_FIELDS = 50;

/** The days that a record names; a month by its first. Records of old may have others, and are read. */
function daysOf(row: CentreRecord): readonly string[] {
  if ('month' in row) return [`${row.month}-01`];
  if ('date' in row) return [row.date];
  return [row.from, row.to, ...row.posts.map(({ date }) => date)];
}

/** Arguments of the commands about records; the envelope's `incident` is the record's id. */
export const RECORD_COMMAND_ARGS = {
  saveRecord: z.discriminatedUnion('kind', [saving('campaign'), saving('activity'), saving('example')]),
  removeRecord: z.strictObject({ kind: z.enum(['campaign', 'activity', 'example']) }),
} as const;

export type RecordCommandName = keyof typeof RECORD_COMMAND_ARGS;
export type RecordCommand = {
  [N in RecordCommandName]: {
    readonly name: N;
    readonly args: Readonly<z.infer<(typeof RECORD_COMMAND_ARGS)[N]>>;
  };
}[RecordCommandName];

/** Tells whether a command is about a record of the centre and not about an incident. */
export const isRecordCommand = (command: { readonly name: string }): command is RecordCommand =>
  Object.hasOwn(RECORD_COMMAND_ARGS, command.name);

/**
 * `row` is the record afterwards, null when there is none. `merged` names fields in which another person's
 * newer value was overwritten.
 */
export type RecordDecision =
  | { readonly ok: true; readonly row: CentreRecord | null; readonly merged: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Tells whether a role may keep the registers. */
export const isWriter = (role: Actor['role']): boolean => CENTRE_ROLES.some((centre) => centre === role);

/**
 * Decides a command about a record, the same way in the console and on the API. `before` is the record as it
 * lies there, null when there is none: saving one that was removed meanwhile brings it back whole, for what
 * was typed must not be lost.
 */
export function decideRecord(
  id: string,
  before: CentreRecord | null,
  command: RecordCommand,
  { role }: Pick<Actor, 'role'>,
): RecordDecision {
  if (!isWriter(role)) return { ok: false, refusal: { kind: 'role_may_not', role } };
  if (command.name === 'removeRecord') return { ok: true, row: null, merged: [] };
  const { row, from } = command.args;
  if (row.id !== id)
    return { ok: false, refusal: { kind: 'malformed', path: 'row.id', problem: 'another record' } };
  if (before === null || from === null) return { ok: true, row, merged: [] };
  return mergeRecord(before, row, from);
}

function mergeRecord(
  before: CentreRecord,
  row: CentreRecord,
  from: Readonly<Record<string, unknown>>,
): RecordDecision {
  const [was, sent] = [before as unknown as Fields, row as unknown as Fields];
  const changed = Object.keys(from).filter((name) => Object.hasOwn(sent, name));
  const merged = changed.filter(
    (name) => !sameJson(was[name], from[name]) && !sameJson(was[name], sent[name]),
  );
  const after = { ...was, ...Object.fromEntries(changed.map((name) => [name, sent[name]])) };
  return { ok: true, row: after as unknown as CentreRecord, merged };
}

type Fields = Readonly<Record<string, unknown>>;

/** The `from` of a save: the fields that differ, as they were seen. */
export function changedFields(seen: CentreRecord, row: CentreRecord): Readonly<Record<string, unknown>> {
  const [was, now] = [seen as unknown as Fields, row as unknown as Fields];
  return Object.fromEntries(
    Object.keys(now)
      .filter((name) => !sameJson(was[name], now[name]))
      .map((name) => [name, was[name] ?? null]),
  );
}
