import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import type { IncidentStore } from './dexie-sync-store.ts';

/** See `templateUses` of the store. */
export function templateUses({ columns, words }: IncidentStore): TemplateUses {
  const uses = new Map<number, number>();
  for (const { rows, at, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      if (at.live[index] !== 1) continue;
      const word = cells.template[index] as number;
      uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    Array.from(uses, ([word, count]) => [words.word(word), count] as const).filter(([id]) => id !== ''),
  );
}
