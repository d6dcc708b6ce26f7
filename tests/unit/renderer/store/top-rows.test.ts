import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopRows } from '#renderer/data/store/top-rows.ts';

test('gives what sorting everything would give', () => {
  const keys = fc.array(fc.oneof(fc.nat(9), fc.constant(Infinity)), { maxLength: 400 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 30 }), (offered, limit) => {
      const top = new TopRows(limit, (a, b) => b - a);
      offered.forEach((key, row) => top.offer(row, key));
      const rows = offered.map((key, row) => ({ key, row }));
      const sorted = rows.toSorted((a, b) => (a.key === b.key ? b.row - a.row : a.key < b.key ? -1 : 1));
      expect(top.take()).toEqual(sorted.slice(0, limit).map(({ row }) => row));
    }),
  );
});
