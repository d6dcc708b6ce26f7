import { z } from 'zod';
import { RECORD_ID_LENGTH } from '#shared/domain/record.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { seenRevisionSchema } from './seen-revision.ts';
import { commandOf, readArgs, type Command } from './command-versions.ts';

/** The highest number PostgreSQL's int holds. */
const HIGHEST_INT = 2_147_483_647;

/**
 * Marks a command that is offered again, or for the first time, after the API's database was put back. What
 * it depends on may be on consoles that have not come back, so the API may let it wait (`waits`) in place of
 * refusing it.
 */
const againSchema = z.object({
  /** Version of the incident that it was given upon; 0: not known. */
  upon: z.number().int().min(0).max(HIGHEST_INT),
  /** An earlier command of this console about the same incident waits, so this one waits as well. */
  behind: z.boolean(),
  /** The number that the incident had, for its registration. */
  number: z.number().int().min(1).max(HIGHEST_INT).nullable(),
});
export type Again = z.infer<typeof againSchema>;

/**
 * A command on its way up. `seq` is gapless per `clientId` and is the only order that counts; `id` makes it
 * exactly-once. `name` carries the version of the command (command-versions.ts), so that an outbox written by
 * an older console is still understood.
 */
export const envelopeSchema = z.object({
  id: z.uuid(),
  seq: z.number().int().min(1).max(HIGHEST_INT),
  /** Account that acted; another account never pushes it. */
  actor: z.string().min(1).max(100),
  /** Id of what the command changes: an incident (a uuid), or a record of the centre. */
  incident: z.string().min(1).max(RECORD_ID_LENGTH),
  name: z.string().max(60),
  args: z.unknown(),
  /**
   * The moment of the act by the workstation's clock, already corrected by the offset to the API's. Any
   * number is read, so that a wrong clock is refused by name.
   */
  at: z.number(),
  /**
   * Version of the incident as the API had last confirmed it to this console: the act happened after it.
   * Consoles of earlier releases do not say.
   */
  confirmed: z.number().int().min(0).max(HIGHEST_INT).optional(),
  /** Version of the incident the operator saw, for the record. */
  baseVersion: z.number().int().min(0).max(HIGHEST_INT),
  again: againSchema.optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** POST /api/v1/sync/push: commands of one client, in order of `seq`. */
export const pushRequestSchema = z.object({
  protocol: z.number().int(),
  clientId: z.uuid(),
  /** Nothing is decided by a database that does not know it. Consoles of earlier releases do not say. */
  seen: seenRevisionSchema.optional(),
  commands: z.array(envelopeSchema).min(1).max(50),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

const refusalSchema = z.looseObject({ kind: z.string() }) as unknown as z.ZodType<Refusal>;

/**
 * The outcome of a command. `applied`: accepted as it was sent. `merged`: applied, overwriting the named
 * fields. `refused`: not accepted, with the reason. `held`: kept for a supervisor because the account may not
 * act now. `waits`: not decided; something it depends on may still come, until the moment told. Only of
 * commands with `again`. Its number is used up, and it is to be sent once more under another client id.
 */
export const commandOutcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('applied'), id: z.uuid(), seq: z.number().int() }),
  z.object({ status: z.literal('merged'), id: z.uuid(), seq: z.number().int(), fields: z.array(z.string()) }),
  z.object({ status: z.literal('refused'), id: z.uuid(), seq: z.number().int(), refusal: refusalSchema }),
  z.object({ status: z.literal('held'), id: z.uuid(), seq: z.number().int(), reason: z.string() }),
  z.object({ status: z.literal('waits'), id: z.uuid(), seq: z.number().int(), until: z.number().int() }),
]);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/**
 * `gap`: the API expects this seq next; nothing after it in the request was looked at. A command whose id the
 * API has already decided is answered with the stored outcome whichever client sends it, and counts: `seq` =
 * `lastSeq` + 1 of the sending client moves that on. A console that has lost its numbering begins a new
 * client id and sends the same ids again.
 */
export const pushResponseSchema = z.object({
  outcomes: z.array(commandOutcomeSchema),
  lastSeq: z.number().int(),
  headV: z.number().int(),
  gap: z.number().int().nullable(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Parses name and arguments at the border, in the form of any version that was ever sent. A command that
 * cannot be read is refused by name and kept, like any other refusal.
 */
export function parseCommand(key: string, args: unknown): ParsedCommand {
  const sent = commandOf(key);
  if (sent === null) return { ok: false, refusal: { kind: 'unknown_command', name: key } };
  const read = readArgs(sent.name, sent.version, args);
  return read.ok ? { ok: true, command: { name: sent.name, args: read.args } as Command } : read;
}
