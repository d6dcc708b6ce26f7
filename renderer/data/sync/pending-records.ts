import type { Actor } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import {
  decideRecord,
  isRecordCommand,
  readRecord,
  RECORD_COMMAND_ARGS,
  type CentreRecord,
  type RecordCommand,
} from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { admitted, type OwnSurroundings } from '#shared/domain/records/admit.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import type { RecordKind } from '#shared/domain/records/record-rules.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import type { Surroundings } from '#shared/domain/records/surroundings.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';
import type { SyncPorts } from './ports.ts';
import type { PendingCommand } from './sync-store.ts';

/** True when a pending command is about a record of the centre. */
export const isAboutRecord = ({ name }: Pick<PendingCommand, 'name'>): boolean =>
  Object.keys(RECORD_COMMAND_ARGS).some((command) => name.startsWith(`${command}@`));

/** The incidents that pending commands are about. */
export const incidentsOf = (items: readonly PendingCommand[]): Set<string> =>
  new Set(items.filter((item) => !isAboutRecord(item)).map(({ incident }) => incident));

/** The rows of a decided command: null is one that is gone. */
type Decided =
  | {
      readonly ok: true;
      readonly rows: readonly { readonly id: string; readonly row: CentreRecord | null }[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reference rows as this workstation shows them: what is decided on them is laid over. */
export class ShownRows {
  readonly #rows: Map<string, ReferenceRow>;
  readonly #role: Actor['role'];
  readonly #around = new Map<RecordKind, OwnSurroundings>();

  constructor(rows: readonly ReferenceRow[], { role }: Pick<Actor, 'role'>) {
    this.#rows = new Map(rows.map((row) => [keyOf(row.kind, row.id), row]));
    this.#role = role;
  }

  all(): readonly ReferenceRow[] {
    return [...this.#rows.values()];
  }

  /** Decides a command and lays it over; with `at` null it was judged before, and nobody does again. */
  decide(id: string, command: RecordCommand, at: Instant | null): Decided {
    const { kind } = command.args;
    const decided = this.#decided(id, command, at === null ? null : this.#surroundings(kind, at));
    if (!decided.ok) return decided;
    const around = this.#around.get(kind);
    for (const { id: one, row } of decided.rows) {
      // A changed row comes last.
      this.#rows.delete(keyOf(kind, one));
      if (row === null) continue;
      this.#rows.set(keyOf(kind, one), { kind, id: one, row });
      if (around !== undefined) admitted(around, kind, row);
    }
    return decided;
  }

  #decided(id: string, command: RecordCommand, surroundings: Surroundings | null): Decided {
    const { kind } = command.args;
    const occasion = { role: this.#role, surroundings };
    if (command.name === 'saveRecords') {
      const befores = new Map(
        command.args.rows.flatMap(({ id: one }) => {
          const before = this.#record(kind, one);
          return before === null ? [] : [[one, before] as const];
        }),
      );
      return decideRecords(befores, command, occasion);
    }
    const decision = decideRecord(id, this.#record(kind, id), command, occasion);
    return decision.ok ? { ok: true, rows: [{ id, row: decision.row }] } : decision;
  }

  /** A record's row read at the border; null when there is none, or none this version can read. */
  #record(kind: RecordKind, id: string): CentreRecord | null {
    const found = this.#rows.get(keyOf(kind, id));
    return found === undefined ? null : readRecord(kind, ownRow(found));
  }

  /** Read once: what is decided is admitted. */
  #surroundings(kind: RecordKind, at: Instant): Surroundings | null {
    const rowsOf = (wanted: ReferenceKind): readonly unknown[] =>
      this.all().flatMap((row) => (row.kind === wanted ? [ownRow(row)] : []));
    const around = this.#around.get(kind) ?? surroundingsOf(kind, rowsOf, at);
    if (around === null) return null;
    this.#around.set(kind, around);
    return { ...around, at };
  }
}

const keyOf = (kind: ReferenceKind, id: string): string => `${kind} ${id}`;

/**
 * Reference rows as the screens show them: the confirmed ones with this workstation's pending saves laid
 * over, in their order. Laid over when read and never stored, so that a refusal leaves nothing behind. They
 * were judged when they were given and the API judges them again, so here nobody does.
 */
export function withPending(
  confirmed: readonly ReferenceRow[],
  outbox: readonly PendingCommand[],
  actor: Pick<Actor, 'role'>,
): readonly ReferenceRow[] {
  const pending = outbox.filter(
    (item) => isAboutRecord(item) && item.state !== 'quarantined' && item.state !== 'withdrawn',
  );
  return pending.length === 0 ? confirmed : shownRows(confirmed, pending, actor).all();
}

function shownRows(
  confirmed: readonly ReferenceRow[],
  pending: readonly PendingCommand[],
  actor: Pick<Actor, 'role'>,
): ShownRows {
  const shown = new ShownRows(confirmed, actor);
  for (const item of pending) {
    const parsed = parseCommand(item.name, item.args);
    if (parsed.ok && isRecordCommand(parsed.command)) shown.decide(item.incident, parsed.command, null);
  }
  return shown;
}

/** Reference rows that the commands of one gesture are decided on, read once. */
export const shownRowsOf = async ({ store, actor }: SyncPorts): Promise<ShownRows> =>
  new ShownRows(withPending(await store.reference(), await store.outbox(), actor), actor);
