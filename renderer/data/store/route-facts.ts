import type { Instant } from '#shared/domain/instant.ts';
import type { RouteFact } from '#shared/domain/route-trial.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { rowsBetween } from './rows-between.ts';

/** Gives what routes are looked up by, of the messages created in [from, to), read off the columns alone. */
export function routeFacts(store: IncidentStore, from: Instant, to: Instant): readonly RouteFact[] {
  const { words, columns } = store;
  const facts: RouteFact[] = [];
  rowsBetween(store, 'createdAt', { start: from, end: to }, ({ cells, first }, index) => {
    const number = cells.number[index] as number;
    facts.push({
      id: columns.idOf(first + index),
      number: number > 0 ? number : null,
      topic: words.word(cells.topic[index] as number) || null,
      group: words.word(cells.group[index] as number) || null,
      municipality: words.word(cells.municipality[index] as number) || null,
    });
  });
  return facts;
}
