import type { HistoryEntry, Incident } from '#shared/domain/incident.ts';
import { commandKey, versionOf, type Command } from '#shared/protocol/command-versions.ts';
import { commandOutcomeSchema, parseCommand, type CommandOutcome } from '#shared/protocol/envelope.ts';
import { setAsideOf } from '#renderer/data/sync/set-aside.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';

/** Releases that a console may be of. The next one is made up: nobody knows what it will bring. */
export const RELEASES = ['before', 'today', 'next'] as const;
export type Release = (typeof RELEASES)[number];
/** Names by which consoles greet the API. */
export const RELEASE_NAMES = { before: "yesterday's", today: "today's", next: 'next' } as const;

/** A reference row of a kind that nobody knows yet. */
export const DRONE = { kind: 'drone', id: 'd1', row: { wings: 4 } } as const;

/** A command as it lies in an outbox, a journal or an envelope. */
interface Form {
  readonly name: string;
  readonly args?: unknown;
}

/** The commands that the next release writes in a version more, which says its writer's mood. */
const WITH_MOOD = new Map(
  (['note', 'route', 'takeToWork', 'draftReply', 'approve', 'saveRecord'] as const).map((name) => [
    commandKey(name),
    `${name}@${versionOf(name) + 1}`,
  ]),
);
const WITHOUT_MOOD = new Map(Array.from(WITH_MOOD, ([now, next]) => [next, now]));

/** Writes a command as the next release does. */
export function inNextForm<T extends Form>(item: T): T {
  const name = WITH_MOOD.get(item.name);
  return name === undefined ? item : { ...item, name, args: { ...Object(item.args), mood: 'calm' } };
}

/** Reads a command of the next release; says the same in today's words. */
export function fromNextForm<T extends Form>(item: T): T {
  const name = WITHOUT_MOOD.get(item.name);
  if (name === undefined) return item;
  const { mood: _mood, ...args } = Object(item.args) as Readonly<Record<string, unknown>>;
  return { ...item, name, args };
}

/** Gives the command that an API did not know, as a console of this release reads it; null for all else. */
export function unknownThen(entry: NotAccepted, release: Release): Command | null {
  if (entry.why.kind !== 'refused' || entry.why.refusal.kind !== 'unknown_command') return null;
  const { name, args } = release === 'next' ? fromNextForm(entry) : entry;
  const parsed = parseCommand(name, args);
  return parsed.ok ? parsed.command : null;
}

/** An incident with what the next release knows of it: a field more, and an event nobody has heard of. */
export function withMood(row: Incident): Incident {
  const last = row.history.at(-1);
  const noted: HistoryEntry = {
    event: 'mood_noted',
    at: last?.at ?? row.createdAt,
    by: last?.by ?? 'system',
    detail: { mood: 1 },
  };
  return Object.assign({ ...row, history: [...row.history, noted] }, { mood: 'calm' });
}

/** Every so many versions an incident goes out in a shape that earlier consoles cannot take in. */
const STRANGE_EVERY = 4;

/** Writes an incident as the API of the next release does. */
export function inNextShape(row: Incident): Incident {
  const told = withMood(row);
  if (row.version % STRANGE_EVERY !== 0) return told;
  const { step: where, ...rest } = told;
  return Object.assign(rest, { where, step: null }) as unknown as Incident;
}

/** Reads an incident as a console of the next release does. */
export function fromNextShape(row: Incident): Incident {
  if (!isStrange(row)) return row;
  const { where, ...rest } = row as Incident & { readonly where: Incident['step'] };
  return { ...rest, step: where };
}

/** Tells whether consoles before the next release fail on the row, as Dexie's store does. */
export const isStrange = (row: Incident): boolean => (row.step as Incident['step'] | null) === null;

/** Throws on a row of a shape that comes with a later release. */
export function refuseStrange(rows: readonly Incident[]): void {
  const strange = rows.find(isStrange);
  if (strange !== undefined) throw new TypeError(`no step in ${setAsideOf(strange).id}`);
}

/** An outcome as the API of the next release tells it: one of the refusals has another name there. */
export const inNextWords = (outcome: CommandOutcome): CommandOutcome =>
  outcome.status === 'refused' && outcome.refusal.kind === 'wrong_step'
    ? commandOutcomeSchema.parse({ ...outcome, refusal: { ...outcome.refusal, kind: 'not_at_this_step' } })
    : outcome;
