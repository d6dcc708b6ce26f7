import { isRecordCommand } from '#shared/domain/record.ts';
import { createHash } from 'node:crypto';
import type { Actor } from '#shared/domain/actor.ts';
import { makeDecideContext, type CentreSettings } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { INSTANTS, type Instant } from '#shared/domain/instant.ts';
import { momentOfAct } from '#shared/domain/moment-of-act.ts';
import { isClosed } from '#shared/domain/step.ts';
import { bucketOf, rowHash } from '#shared/protocol/digest.ts';
import {
  parseCommand,
  type Envelope,
  type CommandOutcome,
  type PushRequest,
  type PushResponse,
} from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import {
  DIGEST_BUCKETS,
  type Change,
  type ChangesResponse,
  type ReferenceRow,
  type SnapshotLine,
  type SnapshotPart,
} from '#shared/protocol/sync.ts';
import { answered, failed, type Answer } from '#renderer/data/sync/failure.ts';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import type { FeedQuery, Transport } from '#renderer/data/sync/transport.ts';

interface Stored {
  readonly row: Incident;
  readonly v: number;
}

interface Decided {
  readonly outcome: CommandOutcome;
  readonly clientId: string;
  readonly v: number;
}

interface State {
  v: number;
  readonly rows: Map<string, Stored>;
  readonly commands: Map<string, Decided>;
  /** client id -> last seq, and at which revision it became that. */
  readonly clients: Map<string, { seq: number; v: number }[]>;
}

/**
 * The protocol's other side in memory: a small, strict API for the console's unit tests. The simulation uses
 * the real one.
 */
export class ModelApi {
  epoch: string;
  pageRows = 2;
  /** The API's clock, by which acts are judged. */
  now: () => Instant = Date.now;
  /** Tells which commands are not decided yet. */
  waits: (command: Envelope) => boolean = () => false;
  state: State = { v: 0, rows: new Map(), commands: new Map(), clients: new Map() };
  readonly reference: readonly ReferenceRow[];
  readonly #zone = 'Asia/Vladivostok';
  readonly #settings: CentreSettings;

  constructor(epoch: string, reference: readonly ReferenceRow[]) {
    this.epoch = epoch;
    this.reference = reference;
    this.#settings = centreSettingsOf(reference, this.#zone);
  }

  put(row: Incident): void {
    this.state.v += 1;
    this.state.rows.set(row.id, { row, v: this.state.v });
  }

  /** Copy of everything, to come back to as a restored backup does. */
  backup(): State {
    return structuredClone(this.state);
  }

  restore(state: State, epoch: string): void {
    this.state = structuredClone(state);
    this.epoch = epoch;
  }

  lastSeq(clientId: string, upTo = Infinity): number {
    return this.state.clients.get(clientId)?.findLast(({ v }) => v <= upTo)?.seq ?? 0;
  }

  push(actor: Actor, { clientId, commands }: PushRequest): PushResponse {
    const outcomes: CommandOutcome[] = [];
    let gap: number | null = null;
    for (const command of commands) {
      const last = this.lastSeq(clientId);
      const stored = this.state.commands.get(command.id);
      if (command.seq > last + 1 || (stored === undefined && command.seq <= last)) {
        gap = last + 1;
        break;
      }
      outcomes.push(stored?.outcome ?? this.#judge(actor, clientId, command));
      if (command.seq === last + 1) this.#count(clientId, command.seq);
    }
    return { outcomes, lastSeq: this.lastSeq(clientId), headV: this.state.v, gap };
  }

  #judge(actor: Actor, clientId: string, command: Envelope): CommandOutcome {
    const { id, seq } = command;
    return this.waits(command)
      ? { status: 'waits', id, seq, until: 1 }
      : this.#decide(actor, clientId, command);
  }

  #count(clientId: string, seq: number): void {
    const counts = this.state.clients.get(clientId) ?? [];
    this.state.clients.set(clientId, [...counts, { seq, v: this.state.v }]);
  }

  #decide(actor: Actor, clientId: string, { id, seq, name, args, incident, at }: Envelope): CommandOutcome {
    this.state.v += 1;
    const before = this.state.rows.get(incident)?.row ?? null;
    const parsed = parseCommand(name, args);
    const decision =
      parsed.ok && !isRecordCommand(parsed.command)
        ? decide(
            incident,
            before,
            parsed.command,
            makeDecideContext(this.#settings, {
              actor,
              ...momentOfAct(at, before?.createdAt ?? INSTANTS.from, this.now()),
              command: id,
              number: this.state.v,
            }),
          )
        : parsed;
    let outcome: CommandOutcome = { status: 'applied', id, seq };
    if (!decision.ok) outcome = { status: 'refused', id, seq, refusal: decision.refusal };
    else if ('events' in decision && decision.events.length > 0) {
      this.state.rows.set(incident, { row: evolveAll(incident, before, decision.events), v: this.state.v });
      if (decision.merged.length > 0) outcome = { status: 'merged', id, seq, fields: [...decision.merged] };
    }
    this.state.commands.set(id, { outcome, clientId, v: this.state.v });
    return outcome;
  }

  changes({ after, clientId, epoch, limit }: FeedQuery): Answer<ChangesResponse> {
    if (epoch !== this.epoch || after > this.state.v) return failed({ kind: 'resync' });
    const { rows, commands, v: head } = this.state;
    const newer = [...rows.values()].filter(({ v }) => v > after).toSorted((a, b) => a.v - b.v);
    const page = newer.slice(0, limit);
    const more = newer.length > limit;
    const to = more ? Math.max(...page.map(({ v }) => v)) : head;
    const changes = page.map(({ row, v }): Change => ({ op: 'put', entity: 'incident', v, id: row.id, row }));
    const mine = [...commands.values()].filter(
      (change) => change.clientId === clientId && change.v > after && change.v <= to,
    );
    return answered({
      epoch,
      from: after,
      to,
      more,
      lastSeq: this.lastSeq(clientId, to),
      outcomes: mine.map(({ outcome }) => outcome),
      changes,
    });
  }

  #page(lines: readonly SnapshotLine[], next: string | null): Uint8Array<ArrayBuffer> {
    const rows = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const head: SnapshotLine = { t: 'head', epoch: this.epoch, v0: this.state.v, estimate: lines.length };
    const tail: SnapshotLine = {
      t: 'tail',
      next,
      rows: lines.length,
      sha256: createHash('sha256').update(rows).digest('hex'),
    };
    return new TextEncoder().encode(`${JSON.stringify(head)}\n${rows}${JSON.stringify(tail)}\n`);
  }

  snapshot(part: SnapshotPart, after: string): Uint8Array<ArrayBuffer> {
    if (part === 'reference')
      return this.#page(
        this.reference.map((row) => ({ t: 'reference', v: 0, ...row })),
        null,
      );
    return this.#incidents(({ row }) => isClosed(row.step) === (part === 'closed'), after);
  }

  /** A model without marks: a database that was put back is known by its head alone. */
  #ifKnown<T>(seen: SeenRevision | undefined | null, answer: () => T): Answer<T> {
    const isKnown = !seen || (seen.epoch === this.epoch && seen.cursor <= this.state.v);
    return isKnown ? answered(answer()) : failed({ kind: 'resync' });
  }

  bucket(bucket: number, after: string): Uint8Array<ArrayBuffer> {
    return this.#incidents(({ row }) => bucketOf(row.id) === bucket, after);
  }

  #incidents(isIn: (stored: Stored) => boolean, after: string): Uint8Array<ArrayBuffer> {
    const sorted = [...this.state.rows.values()]
      .filter(isIn)
      .toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1));
    const rest = sorted.filter(({ row }) => row.id > after);
    const page = rest.slice(0, this.pageRows);
    return this.#page(
      page.map(({ row, v }) => ({ t: 'incident', v, row })),
      rest.length > page.length ? (page.at(-1)?.row.id ?? null) : null,
    );
  }

  digest(): { v: number; buckets: { n: number; x: string }[] } {
    const buckets = Array.from({ length: DIGEST_BUCKETS }, () => ({ n: 0, x: 0n }));
    for (const { row } of this.state.rows.values()) {
      const bucket = buckets[bucketOf(row.id)];
      if (bucket === undefined) continue;
      bucket.n += 1;
      bucket.x ^= rowHash(row.id, row.version);
    }
    return { v: this.state.v, buckets: buckets.map(({ n, x }) => ({ n, x: x.toString() })) };
  }

  transport(actor: Actor): Transport {
    return {
      hello: async ({ clientId }) =>
        answered({
          value: {
            protocol: 1,
            epoch: this.epoch,
            region: { code: 'eao', name: 'ЕАО', timeZone: this.#zone },
            scopeHash: 'all',
            headV: this.state.v,
            lastSeq: this.lastSeq(clientId),
            serverTime: this.now(),
            limits: { pushCommands: 50, changesPage: 1000, snapshotPage: 2000 },
          },
          roundTripMs: 0,
        }),
      snapshot: async ({ part, after, seen }) => this.#ifKnown(seen, () => this.snapshot(part, after)),
      changes: async (query) => structuredClone(this.changes(query)),
      push: async (request) =>
        this.#ifKnown(request.seen, () => structuredClone(this.push(actor, structuredClone(request)))),
      known: async (ids) => answered(ids.filter((id) => this.state.commands.has(id))),
      digest: async () => answered(this.digest()),
      bucket: async (bucket, after) => answered(this.bucket(bucket, after)),
      stream: async () => answered(null),
    };
  }
}
