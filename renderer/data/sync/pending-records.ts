import type { Actor } from '#shared/domain/actor.ts';
import {
  decideRecord,
  isRecordCommand,
  RECORD_COMMAND_ARGS,
  RECORD_SCHEMAS,
  type CentreRecord,
  type RecordCommand,
  type RecordKind,
} from '#shared/domain/record.ts';
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
  return found === undefined ? null : (RECORD_SCHEMAS[kind].safeParse(found.row).data ?? null);
}

/**
 * Reference rows as the screens show them: the confirmed ones with this workstation's pending saves laid
 * over, in their order. Laid over when read and never stored, so that a refusal leaves nothing behind.
 */
export function withPending(
  confirmed: readonly ReferenceRow[],
  outbox: readonly PendingCommand[],
  actor: Pick<Actor, 'role'>,
): readonly ReferenceRow[] {
  let rows = confirmed;
  for (const item of outbox) {
    if (!isAboutRecord(item) || item.state === 'quarantined' || item.state === 'withdrawn') continue;
    const parsed = parseCommand(item.name, item.args);
    if (!parsed.ok || !isRecordCommand(parsed.command)) continue;
    const { kind } = parsed.command.args;
    const id = item.incident;
    const decision = decideRecord(id, recordIn(rows, kind, id), parsed.command, actor);
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
): Promise<{ readonly ok: true; readonly view: null } | { readonly ok: false; readonly refusal: Refusal }> {
  const rows = withPending(await store.reference(), await store.outbox(), actor);
  const decision = decideRecord(id, recordIn(rows, command.args.kind, id), command, actor);
  return decision.ok ? { ok: true, view: null } : decision;
}
