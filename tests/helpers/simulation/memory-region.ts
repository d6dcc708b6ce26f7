import { randomUUID } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';
import { resync } from '#server/sync/changes.ts';
import { helloResponse, negotiate } from '#server/sync/hello.ts';
import { decidePush } from '#server/sync/push.ts';
import { REFERENCE, ZONE } from '../sync-fixtures.ts';
import { Accounts } from './accounts.ts';
import { transportTo, type ApiSide } from './api-side.ts';
import { memoryBucket, memoryChanges, memoryDigest, memorySnapshot } from './memory-feed.ts';
import { memoryLedgers, storeIncident, storeReference } from './memory-ledger.ts';
import { goOnAbove, knows, notePutBack, raiseClock } from './memory-put-back.ts';
import { emptyState, type MemoryState } from './memory-state.ts';
import type { SimulatedRegion } from './region.ts';
import { SEED } from './seed.ts';

/** A region without a database: the API's own judge over tables in memory, and a model of the feed. */
export class MemoryRegion {
  readonly code: string;
  state: MemoryState;

  constructor(code: string, epoch: string) {
    this.code = code;
    this.state = emptyState(epoch);
    raiseClock(this.state);
    for (const row of REFERENCE) storeReference(this.state, row);
    raiseClock(this.state);
    for (const after of SEED)
      storeIncident(this.state, {
        before: null,
        after: { ...after, region: code, number: null },
        events: [],
      });
  }

  side(): ApiSide {
    const state = (): MemoryState => this.state;
    return {
      hello: async (session, request, now) => {
        const agreed = negotiate(request.protocols);
        if (agreed.kind !== 'agreed') return agreed;
        const { epoch, v: headV, clients, marks } = state();
        const mark = marks.get(headV) ?? null;
        const lastSeq = clients.get(request.clientId)?.lastSeq ?? 0;
        const region = { code: this.code, name: this.code, timeZone: ZONE };
        const place = { region, epoch, headV, mark, lastSeq, serverTime: now };
        const isPutBack = request.seen?.epoch === epoch && !knows(state(), request.seen);
        if (isPutBack) notePutBack(state(), now);
        const found = { ...place, ...(isPutBack ? { putBack: true } : {}) };
        return { kind: 'hello', response: helloResponse(session, agreed.protocol, found) };
      },
      snapshot: async (session, part, after, { limit }, seen) => {
        if (seen !== null && seen.epoch !== state().epoch) return resync('full', 'epoch');
        if (!knows(state(), seen)) return resync('full', 'put_back');
        return memorySnapshot(state(), session, part, after, limit);
      },
      bucket: (session, bucket, after, { limit }) => memoryBucket(state(), session, bucket, after, limit),
      changes: (session, query) => memoryChanges(state(), session, query),
      push: (session, request, now) => decidePush(memoryLedgers(state, session, ZONE), session, request, now),
      known: async ({ account }, ids) =>
        ids.filter((id) => {
          const command = state().commands.get(id);
          const isInEffect = command?.outcome.status === 'applied' || command?.outcome.status === 'merged';
          return isInEffect && command.actor === account;
        }),
      digest: async (session) => memoryDigest(state(), session),
    };
  }

  #backup: MemoryState | null = null;

  backUp(): void {
    this.#backup = structuredClone(this.state);
  }

  /** Comes back from the backup. `epoch`: under another one, as `npm run restore` does. */
  putBack(epoch: string | null, now: Instant): boolean {
    if (this.#backup === null) return false;
    this.state = structuredClone(this.#backup);
    if (epoch === null) return true;
    this.state.epoch = epoch;
    goOnAbove(this.state, now);
    return true;
  }

  rows(): ReturnType<SimulatedRegion['rows']> {
    return Promise.resolve(new Map([...this.state.incidents].map(([id, { row }]) => [id, row])));
  }

  outcomes(): ReturnType<SimulatedRegion['outcomes']> {
    const decided = [...this.state.commands.values()].toSorted((a, b) => a.v - b.v);
    return Promise.resolve(new Map(decided.map(({ id, outcome }) => [id, outcome.status])));
  }

  revisions(): ReturnType<SimulatedRegion['revisions']> {
    const { log, reference, commands, replays, v: head } = this.state;
    const all = [...log, ...reference.values(), ...commands.values(), ...replays];
    return Promise.resolve({ head, seen: new Set(all.map(({ v }) => v)) });
  }
}

/** A new region with three incidents in memory. */
export function memoryRegion(code: string): SimulatedRegion {
  const accounts = new Accounts(code);
  const region = new MemoryRegion(code, randomUUID());
  const side = region.side();
  return {
    code,
    incidents: SEED.map(({ id }) => id),
    transport: (actor, now) => transportTo(side, () => accounts.sessionOf(actor), now),
    setRights: (account, rights) => accounts.set(account, rights),
    sessionOf: (actor) => accounts.sessionOf(actor),
    backUp: async () => region.backUp(),
    putBack: async (way, now) => region.putBack(way === 'restore' ? randomUUID() : null, now),
    rows: () => region.rows(),
    outcomes: () => region.outcomes(),
    revisions: () => region.revisions(),
    report: async () => null,
    complaints: () => [],
  };
}
