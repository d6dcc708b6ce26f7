import { randomUUID } from 'node:crypto';
import type { Transport } from '#renderer/sync/transport.ts';
import { answered } from '#renderer/sync/failure.ts';
import { NOTHING } from '#renderer/sync/local-step.ts';
import type { PushRequest } from '#shared/protocol/envelope.ts';
import { pushOnce } from '#renderer/sync/push.ts';
import type { SimulatedRegion } from './region.ts';
import type { Planted } from './run-lanes.ts';
import { REAL_STEPS } from './simulated-console.ts';

/** Misbehaves between consoles and the real API. */
const withTransport = (change: (real: Transport) => Transport): Planted => ({
  region: (region: SimulatedRegion): SimulatedRegion => ({ ...region, transport: (actor) => change(region.transport(actor)) }),
});

/**
 * No exactly-once: every request is decided as if its commands had never been seen. The API's memory of ids and numbers is
 * cheated by giving each arrival a client of its own and fresh ids; the answer is told under the true ones.
 */
const noIdempotency = withTransport((real) => {
  const trueLast = new Map<string, number>();
  return {
    ...real,
    push: async (request) => {
      const aliases = new Map(request.commands.map(({ id }) => [id, randomUUID()]));
      const names = new Map([...aliases].map(([id, alias]) => [alias, id]));
      const commands = request.commands.map((command, index) => ({ ...command, id: aliases.get(command.id) ?? '', seq: index + 1 }));
      const answer = await real.push({ ...request, clientId: randomUUID(), commands });
      if (!answer.ok) return answer;
      const last = Math.max(trueLast.get(request.clientId) ?? 0, ...request.commands.map(({ seq }) => seq));
      trueLast.set(request.clientId, last);
      const outcomes = answer.value.outcomes.map((outcome) => ({ ...outcome, id: names.get(outcome.id) ?? '' }));
      return answered({ ...answer.value, outcomes, lastSeq: last, gap: null });
    },
    changes: async (query) => {
      const answer = await real.changes(query);
      return answer.ok ? answered({ ...answer.value, lastSeq: trueLast.get(query.clientId) ?? 0 }) : answer;
    },
  };
});

/**
 * No check of the sequence: a request that left commands out is taken as if none were missing, in whatever order requests come.
 * Here: the last command of each request goes first, as an unordered queue would deliver it, each through a client of its own.
 */
const noSequence = withTransport((real) => {
  const seen = new Map<string, number>();
  return {
    ...real,
    push: async (request: PushRequest) => {
      const outcomes = [];
      for (const command of request.commands.toReversed()) {
        const answer = await real.push({ ...request, clientId: randomUUID(), commands: [{ ...command, seq: 1 }] });
        if (!answer.ok) return answer;
        outcomes.push(...answer.value.outcomes);
        // The highest number counts as all of them.
        seen.set(request.clientId, Math.max(seen.get(request.clientId) ?? 0, command.seq));
      }
      return answered({ outcomes, lastSeq: seen.get(request.clientId) ?? 0, headV: 0, gap: null });
    },
    changes: async (query) => {
      const answer = await real.changes(query);
      return answer.ok ? answered({ ...answer.value, lastSeq: seen.get(query.clientId) ?? 0 }) : answer;
    },
  };
});

/**
 * A cursor over numbers taken before the commit: a change whose transaction is slow becomes visible after later ones, and the
 * cursor has passed it. Every third revision commits late here: the first look at it does not see it.
 */
const sequenceCursor = withTransport((real) => ({
  ...real,
  changes: async (query) => {
    const answer = await real.changes(query);
    if (!answer.ok) return answer;
    const isSlow = (v: number): boolean => v % 3 === 0 && answer.value.to > v;
    return answered({ ...answer.value, changes: answer.value.changes.filter(({ v }) => !isSlow(v)) });
  },
}));

/** Commands leave the outbox on the answer to the push, before the feed has told what became of them. */
const dropOnAck: Planted = {
  steps: {
    ...REAL_STEPS,
    push: async (ports, memory) => {
      const before = await ports.store.outbox();
      const pushed = await pushOnce(ports, memory);
      const left = (await ports.store.outbox()).filter((item) => item.state === 'sent' && before.some(({ id }) => id === item.id));
      await ports.store.apply({ ...NOTHING, leave: left.map(({ id }) => id) });
      return pushed;
    },
  },
};

/** The four bugs of the protocol's reference, each of which somebody has shipped. */
export const PLANTED_BUGS: Readonly<Record<string, Planted>> = {
  'no idempotency': noIdempotency,
  'no sequence check': noSequence,
  'a sequence as cursor': sequenceCursor,
  'dropped on acknowledgement': dropOnAck,
};
