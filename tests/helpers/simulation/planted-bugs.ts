import { randomUUID } from 'node:crypto';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { answered } from '#renderer/data/sync/failure.ts';
import { NOTHING } from '#renderer/data/sync/local-step.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import { changeSchema } from '#shared/protocol/sync.ts';
import type { SyncStore } from '#renderer/data/sync/sync-store.ts';
import { REFERENCE } from '../sync-fixtures.ts';
import { isStrange } from './next-release.ts';
import { reportOfRows, type Held } from './report-desk.ts';
import type { SimulatedRegion } from './region.ts';
import type { Planted } from './run-lanes.ts';
import type { EnginePorts } from './simulated-console.ts';
import { withMethods } from './spoiled-storage.ts';

/** Misbehaves between consoles and the real API; what it remembers belongs to the region, as on an API. */
const withTransport = (plant: () => (real: Transport) => Transport): Planted => ({
  region: (region: SimulatedRegion): SimulatedRegion => {
    const change = plant();
    return { ...region, transport: (actor, now) => change(region.transport(actor, now)) };
  },
});

/**
 * No exactly-once: a command that arrives again is decided again. Here: once more under a fresh id, beside
 * its stored outcome.
 */
const noIdempotency = withTransport(() => {
  const seen = new Set<string>();
  return (real) => ({
    ...real,
    push: async (request) => {
      for (const command of request.commands.filter(({ id }) => seen.has(id))) {
        await real.push({
          ...request,
          clientId: randomUUID(),
          commands: [{ ...command, id: randomUUID(), seq: 1 }],
        });
      }
      for (const { id } of request.commands) seen.add(id);
      return real.push(request);
    },
  });
});

/**
 * No check of the sequence: a command whose predecessors are missing is decided at once, and the highest
 * number counts as all.
 */
const noSequence = withTransport(() => {
  const highest = new Map<string, number>();
  const lastOf = (clientId: string): number => highest.get(clientId) ?? 0;
  return (real) => ({
    ...real,
    push: async (request) => {
      const outcomes: CommandOutcome[] = [];
      for (const command of request.commands) {
        const proper = await real.push({ ...request, commands: [command] });
        const isGap = proper.ok && proper.value.gap !== null;
        const answer = isGap
          ? await real.push({ ...request, clientId: randomUUID(), commands: [{ ...command, seq: 1 }] })
          : proper;
        if (!answer.ok) return answer;
        outcomes.push(...answer.value.outcomes);
        highest.set(request.clientId, Math.max(lastOf(request.clientId), command.seq));
      }
      return answered({ outcomes, lastSeq: lastOf(request.clientId), headV: 0, gap: null });
    },
    changes: async (query) => {
      const answer = await real.changes(query);
      return answer.ok ? answered({ ...answer.value, lastSeq: lastOf(query.clientId) }) : answer;
    },
  });
});

/**
 * A cursor over numbers taken before the commit: the change of a slow transaction becomes visible after later
 * ones, when cursors have passed it. Every third revision is slow here: the first who asks for it does not
 * see it, though he sees later ones.
 */
const sequenceCursor = withTransport(() => {
  const committed = new Set<number>();
  return (real) => ({
    ...real,
    changes: async (query) => {
      const answer = await real.changes(query);
      if (!answer.ok) return answer;
      const { to } = answer.value;
      const changes = answer.value.changes.map((change) => changeSchema.parse(change));
      const seen = changes.filter(({ v }) => v % 3 !== 0 || v === to || committed.has(v));
      for (const { v } of changes) committed.add(v);
      return answered({ ...answer.value, changes: seen });
    },
  });
});

/** Commands leave the outbox on the answer to the push, before the feed has told what became of them. */
const dropOnAck: Planted = {
  ports: (real): EnginePorts => {
    const markOutbox: SyncStore['markOutbox'] = (ids, state) =>
      state === 'sent' ? real.store.apply({ ...NOTHING, leave: ids }) : real.store.markOutbox(ids, state);
    return { ...real, store: withMethods(real.store, { markOutbox }) };
  },
};

/** No back-off: after a failure the console asks again at once. */
const noPause: Planted = {
  ports: (real) => ({ ...real, startTimer: (_ms, run) => real.startTimer(0, run) }),
};

/** The copies are never found to differ. */
const noRepair = withTransport(() => (real) => ({
  ...real,
  digest: async () => {
    const answer = await real.digest();
    return answer.ok ? answered({ ...answer.value, v: -1 }) : answer;
  },
}));

/** A restored API still tells the epoch it had before. */
const oldEpoch = withTransport(() => {
  let first: string | null = null;
  return (real) => ({
    ...real,
    hello: async (request) => {
      const answer = await real.hello(request);
      if (!answer.ok) return answer;
      first ??= answer.value.value.epoch;
      return answered({ ...answer.value, value: { ...answer.value.value, epoch: first } });
    },
  });
});

/** The feed keeps changes of one kind to itself. */
const withoutChanges = (op: 'evict' | 'del'): Planted =>
  withTransport(() => (real) => ({
    ...real,
    changes: async (query) => {
      const answer = await real.changes(query);
      if (!answer.ok) return answer;
      const changes = answer.value.changes.filter((change) => changeSchema.parse(change).op !== op);
      return answered({ ...answer.value, changes });
    },
  }));

/** Revisions have no marks: a database that was put back gives the same numbers again, and nobody notices. */
const noMarks = withTransport(() => (real) => ({
  ...real,
  hello: ({ seen: _seen, ...request }) => real.hello(request),
  changes: ({ mark: _mark, ...query }) => real.changes(query),
  push: ({ seen: _seen, ...request }) => real.push(request),
  snapshot: ({ seen: _seen, ...ask }) => real.snapshot(ask),
}));

/** The API says of every command that it knows it, so what a put-back has lost is never offered again. */
const allKnown = withTransport(() => (real) => ({
  ...real,
  known: async (ids) => {
    const answer = await real.known(ids);
    return answer.ok ? answered(ids) : answer;
  },
}));

/** An observer is sent rows as everybody has them. */
const namesForObservers: Planted = {
  region: (region) => ({
    ...region,
    transport: (actor, now) => {
      const real = region.transport(actor, now);
      if (actor.role !== 'observer') return real;
      return {
        ...real,
        changes: async (query) => {
          const [answer, rows] = [await real.changes(query), await region.rows()];
          if (!answer.ok) return answer;
          const changes = answer.value.changes
            .map((change) => changeSchema.parse(change))
            .map((change) =>
              'row' in change ? { ...change, row: rows.get(change.id) ?? change.row } : change,
            );
          return answered({ ...answer.value, changes });
        },
      };
    },
  }),
};

/** Sums for summaries are never brought up to date. */
const staleMonth: Planted = {
  region: (region) => {
    let first: Held | null = null;
    return {
      ...region,
      report: async (asOf) => {
        first ??= { incidents: await region.rows(), reference: REFERENCE };
        return reportOfRows(region.code, first, asOf);
      },
    };
  },
};

/** Actions are written once: the journal keeps nothing. */
const noSecondCopy: Planted = {
  ports: (real): EnginePorts => ({
    ...real,
    journal: withMethods(real.journal, { append: () => Promise.resolve() }),
  }),
};

/** A full disk is taken for a good one: the action is called saved, and is nowhere. */
const savedNowhere: Planted = {
  ports: (real): EnginePorts => ({
    ...real,
    store: withMethods(real.store, {
      enqueue: (entries) =>
        real.store
          .enqueue(entries)
          .catch(() => entries.map(({ item }) => ({ ...item, seq: 1, state: 'queued' as const }))),
    }),
  }),
};

/** A console passes over rows that it cannot take in, and keeps no note of them. */
const strangeRowsForgotten: Planted = {
  ports: (real): EnginePorts => {
    const apply: SyncStore['apply'] = (step) =>
      real.store.apply({ ...step, views: step.views.filter((row) => !isStrange(row)) });
    const load: SyncStore['load'] = (rows, meta) =>
      real.store.load(
        rows.filter((row) => !isStrange(row)),
        meta,
      );
    return { ...real, store: withMethods(real.store, { apply, load }) };
  },
};

/**
 * The four bugs of the protocol's reference, each of which somebody has shipped, and one each of the
 * session's own: back-off, repair, greeting; two of what has to go from a copy, two of a database that was
 * put back, one of what is hidden from whom, one of summaries, two of what is on disk, one of what
 * another release writes. With what the oracle says when it finds them.
 */
export const PLANTED_BUGS: readonly (readonly [name: string, planted: Planted, complaint: RegExp])[] = [
  ['no idempotency', noIdempotency, /outcomes of \d+ commands|offering everything again/],
  ['no sequence check', noSequence, /another order/],
  ['a sequence as cursor', sequenceCursor, /another [0-9a-f]{8}-|incidents of|copies differed/],
  [
    'dropped on acknowledgement',
    dropOnAck,
    /not shown as not accepted|: another |copies differed|the API knows nothing of/,
  ],
  ['no pause after a failure', noPause, /without a pause/],
  ['no repair', noRepair, /: another |incidents of|without an end/],
  ['no new epoch after a restore', oldEpoch, /never came to rest/],
  ['nothing is evicted', withoutChanges('evict'), /incidents of|hidden from him|copies differed/],
  ['records stay', withoutChanges('del'), /other records/],
  ['no marks', noMarks, /the API knows nothing of|: another |other records|copies differed/],
  ['nothing is offered again', allKnown, /the API knows nothing of|not shown as not accepted/],
  ['names for observers', namesForObservers, /reads who wrote|: another /],
  ['a stale month', staleMonth, /the month of the API is another/],
  ['no second copy', noSecondCopy, /the API knows nothing of|not shown as not accepted/],
  ['saved nowhere', savedNowhere, /the API knows nothing of/],
  ['strange rows forgotten', strangeRowsForgotten, /copies differed|: another |incidents of/],
];
