import type { Outcome } from '#shared/protocol/envelope.ts';
import { ModelApi } from '../model-api.ts';
import { CLASSIFY, idMaker, incidentAfter, REFERENCE } from '../sync-fixtures.ts';
import type { SimulatedRegion } from './region.ts';

export function modelRegion(): SimulatedRegion {
  const newId = idMaker(99);
  const api = new ModelApi(newId(), REFERENCE);
  const incidents = [0, 1, 2].map(() => newId());
  for (const id of incidents) api.put(incidentAfter(id, [CLASSIFY]));
  return {
    incidents,
    code: 'eao',
    transport: (actor) => api.transport(actor),
    rows: async () => new Map([...api.state.rows].map(([id, { row }]) => [id, structuredClone(row)])),
    outcomes: async () =>
      new Map(
        [...api.state.commands].map(([id, { outcome }]): [string, Outcome['status']] => [id, outcome.status]),
      ),
    revisions: async () => ({ head: 0, seen: new Set() }),
  };
}
