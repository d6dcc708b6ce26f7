import type { z } from 'zod';
import { INCIDENT_COMMAND_ARGS, type IncidentCommand } from '#shared/domain/command.ts';
import { RECORD_COMMAND_ARGS, type RecordCommand } from '#shared/domain/record.ts';
import type { Refusal } from '#shared/domain/refusal.ts';

/** Every command: about an incident, or about a record of the centre. */
export type Command = IncidentCommand | RecordCommand;
export type CommandName = Command['name'];

/** Arguments of every command as it is sent now, by name. */
export const COMMAND_ARGS = { ...INCIDENT_COMMAND_ARGS, ...RECORD_COMMAND_ARGS };

/** Arguments of a command, or the reason why they cannot be read. */
export type ReadArgs =
  | { readonly ok: true; readonly args: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads the arguments of one older version and says the same in those of the next version, or refuses by
 * name.
 */
export type OlderForm = (args: unknown) => ReadArgs;

/**
 * Older forms of commands, oldest first: the one at place n is version n + 1. A command that never changed
 * has none.
 */
export type OlderForms = { readonly [N in CommandName]?: readonly OlderForm[] };

/**
 * Older forms of today's commands. Outboxes and journals hold them for weeks, so a form that was ever
 * sent is read for good.
 *
 * An optional field needs no version: add it to `INCIDENT_COMMAND_ARGS`, and arguments without it are still
 * read. A command whose arguments change otherwise gets a new version: change `INCIDENT_COMMAND_ARGS`, append
 * one form here that takes the arguments of yesterday to those of today, and append a line with the new
 * arguments to tests/fixtures/sent-commands.ts, where the lines before stay as they are.
 */
export const OLDER_FORMS: OlderForms = {
  /**
   * Version 1 did not say which submission the approver had looked at, so it may mean a text that was sent
   * back since.
   */
  approve: [() => ({ ok: false, refusal: { kind: 'submission_unnamed' } })],
  sendBack: [() => ({ ok: false, refusal: { kind: 'submission_unnamed' } })],
};

/** The version that a command is sent under now. */
export const versionOf = (name: CommandName, forms: OlderForms = OLDER_FORMS): number =>
  (forms[name]?.length ?? 0) + 1;

/** The name of a command in the outbox and on the wire: `route@1`. */
export const commandKey = (name: CommandName): string => `${name}@${versionOf(name)}`;

/** Takes a name in the outbox apart; null when no command of that name and version was ever sent. */
export function commandOf(
  key: string,
  forms: OlderForms = OLDER_FORMS,
): { readonly name: CommandName; readonly version: number } | null {
  const [, name = '', digits = ''] = /^([A-Za-z]+)@([1-9]\d{0,3})$/.exec(key) ?? [];
  if (!Object.hasOwn(COMMAND_ARGS, name)) return null;
  const [known, version] = [name as CommandName, Number(digits)];
  return version <= versionOf(known, forms) ? { name: known, version } : null;
}

/** Reads the arguments that a command of any version carries, as those of today. */
export function readArgs(
  name: CommandName,
  version: number,
  sent: unknown,
  forms: OlderForms = OLDER_FORMS,
): ReadArgs {
  let args = sent;
  for (const form of (forms[name] ?? []).slice(version - 1)) {
    const read = form(args);
    if (!read.ok) return read;
    args = read.args;
  }
  return checked(COMMAND_ARGS[name], args);
}

/** Makes an older form of the schema its arguments had and of how the next version says the same. */
export const olderForm =
  <S extends z.ZodType>(schema: S, next: (args: z.infer<S>) => unknown): OlderForm =>
  (sent) => {
    const read = checked(schema, sent);
    return read.ok ? { ok: true, args: next(read.args as z.infer<S>) } : read;
  };

function checked(schema: z.ZodType, args: unknown): ReadArgs {
  const parsed = schema.safeParse(args);
  if (parsed.success) return { ok: true, args: parsed.data };
  const issue = parsed.error.issues[0];
  const [path, problem] = [issue?.path.join('.') ?? '', issue?.message ?? ''];
  return { ok: false, refusal: { kind: 'malformed', path, problem } };
}
