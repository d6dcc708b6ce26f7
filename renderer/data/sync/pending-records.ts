import type { Actor } from '#shared/domain/actor.ts';
import { agencySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import {
  decideRecord,
  isRecordCommand,
  readRecord,
  RECORD_COMMAND_ARGS,
  type CentreRecord,
  type RecordCommand,
} from '#shared/domain/record.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import type { Surroundings } from '#shared/domain/records/surroundings.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { SyncPorts } from './ports.ts';
import type { PendingCommand } from './sync-store.ts';

/** True when a pending command is about a record of the centre. */
export const isAboutRecord = ({ name }: Pick<PendingCommand, 'name'>): boolean =>
  Object.keys(RECORD_COMMAND_ARGS).some((command) => name.startsWith(`${command}@`));

/** The incidents that pending commands are about. */
export const incidentsOf = (items: readonly PendingCommand[]): Set<string> =>
  new Set(items.filter((item) => !isAboutRecord(item)).map(({ incident }) => incident));

/** A record's row read at the border; null when there is none, or none this version can read. */
function recordIn(rows: readonly ReferenceRow[], kind: RecordKind, id: string): CentreRecord | null {
  const found = rows.find((row) => row.kind === kind && row.id === id);
  return found === undefined ? null : readRecord(kind, found.row);
}

/**
 * Reference rows as the screens show them: the confirmed ones with this workstation's pending saves laid
 * over, in their order. Laid over when read and never stored, so that a refusal leaves nothing behind. They
 * were judged when they were given and the API judges them again, so here nobody does.
 */
export function withPending(
  confirmed: readonly ReferenceRow[],
  outbox: readonly PendingCommand[],
  { role }: Pick<Actor, 'role'>,
): readonly ReferenceRow[] {
  let rows = confirmed;
  for (const item of outbox) {
    if (!isAboutRecord(item) || item.state === 'quarantined' || item.state === 'withdrawn') continue;
    const parsed = parseCommand(item.name, item.args);
    if (!parsed.ok || !isRecordCommand(parsed.command)) continue;
    const { kind } = parsed.command.args;
    const id = item.incident;
    const decision = decideRecord(id, recordIn(rows, kind, id), parsed.command, {
      role,
      surroundings: null,
    });
    if (!decision.ok) continue;
    const others = rows.filter((row) => row.kind !== kind || row.id !== id);
    rows = decision.row === null ? others : [...others, { kind, id, row: decision.row }];
  }
  return rows;
}

/** Decides a command about a record on what this workstation shows of it. */
export async function decidePending(
  { store, actor }: SyncPorts,
  id: string,
  command: RecordCommand,
  at: Instant,
): Promise<{ readonly ok: true; readonly view: null } | { readonly ok: false; readonly refusal: Refusal }> {
  const rows = withPending(await store.reference(), await store.outbox(), actor);
  const { kind } = command.args;
  const decision = decideRecord(id, recordIn(rows, kind, id), command, {
    role: actor.role,
    surroundings: surroundingsIn(rows, kind, at),
  });
  return decision.ok ? { ok: true, view: null } : decision;
}

/** Gives what a judge sees on this workstation; the work of an agency only the API knows whole. */
function surroundingsIn(rows: readonly ReferenceRow[], kind: RecordKind, at: Instant): Surroundings | null {
  if (RECORD_RULES[kind].judge === null) return null;
  const agencies = readableOf(
    agencySchema,
    rows.filter((row) => row.kind === 'agency').map(({ row }) => row),
  );
  return { at, agencies: new Map(agencies.map((agency) => [agency.id, agency])), work: null };
}
