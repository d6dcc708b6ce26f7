import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { changedFields, decideRecord } from '#shared/domain/record.ts';
import { sameJson } from '#shared/domain/same-json.ts';

const ID = 'roads';
const words = fc.constantFrom('Дороги', 'Транспорт', 'Мосты');
const moment = fc.constantFrom(1_700_000_000_000, 1_800_000_000_000);
/** Fields come and go: what is undefined is not there. */
const agency: fc.Arbitrary<Agency> = fc
  .record(
    {
      name: words,
      shortName: words,
      kind: fc.constantFrom('regional', 'municipal'),
      units: fc.array(words, { maxLength: 2 }),
      verified: fc.boolean(),
      parent: fc.constantFrom('housing', 'heat'),
      validTo: moment,
      contacts: fc.record({ person: words, phone: words, email: words, address: words }),
    },
    { requiredKeys: ['name', 'shortName', 'kind', 'units', 'verified'] },
  )
  .map((fields) => ({ id: ID, ...fields }) as Agency);

/** A save as it comes out of the wire. */
const saved = (before: Agency, seen: Agency, row: Agency) => {
  const command = {
    name: 'saveRecord',
    args: { kind: 'agency', row, from: changedFields(seen, row) },
  } as const;
  return decideRecord(ID, before, JSON.parse(JSON.stringify(command)), {
    role: 'administrator',
    surroundings: null,
  });
};

test('two administrators: other fields all stay, of the same field the later is told', () => {
  fc.assert(
    fc.property(agency, agency, agency, (seen, first, second) => {
      const once = saved(seen, seen, first);
      if (!once.ok) throw new Error(once.refusal.kind);
      expect(once).toEqual({ ok: true, row: first, merged: [] });
      const twice = saved(first, seen, second);
      if (!twice.ok) throw new Error(twice.refusal.kind);
      const [mine, theirs] = [changedFields(seen, second), changedFields(seen, first)];
      const after = twice.row as unknown as Readonly<Record<string, unknown>>;
      const [was, now] = [first, second] as unknown as Readonly<Record<string, unknown>>[];
      for (const field of new Set([...Object.keys(first), ...Object.keys(second), ...Object.keys(seen)])) {
        const wanted = field in mine ? now?.[field] : was?.[field];
        expect(after[field]).toEqual(wanted);
      }
      const fought = Object.keys(mine).filter(
        (field) => field in theirs && !sameJson(was?.[field] ?? null, now?.[field] ?? null),
      );
      expect(twice.merged.toSorted()).toEqual(fought.toSorted());
    }),
  );
});
