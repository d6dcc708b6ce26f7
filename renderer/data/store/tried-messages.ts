import type { Instant } from '#shared/domain/instant.ts';
import type { TriedMessage } from '#shared/domain/route-trial.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { rowsBetween } from './rows-between.ts';

/** Gives the messages created in [from, to) that a table is tried on, read off the columns alone. */
export function triedMessages(store: IncidentStore, from: Instant, to: Instant): readonly TriedMessage[] {
  const { words, columns } = store;
  const messages: TriedMessage[] = [];
  rowsBetween(store, 'createdAt', { start: from, end: to }, ({ cells, first }, index) => {
    const number = cells.number[index] as number;
    messages.push({
      id: columns.idOf(first + index),
      number: number > 0 ? number : null,
      topic: words.word(cells.topic[index] as number) || null,
      group: words.word(cells.group[index] as number) || null,
      municipality: words.word(cells.municipality[index] as number) || null,
    });
  });
  return messages;
}
