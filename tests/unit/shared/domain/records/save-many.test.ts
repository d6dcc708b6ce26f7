import { describe, expect, it } from 'vitest';
import {
  MOST_ROWS_SAVED,
  RECORD_COMMAND_ARGS,
  type CentreRecord,
  type ManyRecordsCommand,
} from '#shared/domain/record.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { routeSurroundings } from '#shared/domain/records/route-surroundings.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';

const AGENCY: Agency = {
  id: 'roads',
  name: 'Дороги',
  shortName: 'Дороги',
  kind: 'regional',
  units: [],
  verified: true,
};
const SURROUNDINGS = {
  at: 1,
  agencies: new Map([['roads', AGENCY]]),
  works: null,
  routing: routeSurroundings((kind) => (kind === 'topic' ? [{ name: 'Ямы', group: 'Дороги' }] : [])),
};
const ADMINISTRATOR = { role: 'administrator', surroundings: SURROUNDINGS } as const;
const route = (id: string, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id,
  topic: 'Ямы',
  agency: 'roads',
  ...more,
});
const saving = (
  ...rows: { readonly row: RoutingRule; readonly from: Readonly<Record<string, unknown>> | null }[]
): ManyRecordsCommand => ({
  name: 'saveRecords',
  args: { kind: 'route', file: '', takesBack: null, rows: rows.map((one) => ({ id: one.row.id, ...one })) },
});
const fresh = (id: string, more: Partial<RoutingRule> = {}) => ({ row: route(id, more), from: null });

describe('rows saved together', () => {
  it('are told with what was before; what is as it was is not', () => {
    const [same, changed] = [route('same'), route('changed', { group: 'Дороги' })];
    const befores = new Map<string, CentreRecord>([
      ['same', same],
      ['changed', { ...changed, unit: 'Отдел' }],
    ]);
    const command = saving(
      { row: same, from: {} },
      { row: { ...changed, validTo: 5 }, from: { validTo: null, unit: 'Другой' } },
      fresh('new', { validFrom: 9, group: 'Дороги' }),
    );
    expect(decideRecords(befores, command, { ...ADMINISTRATOR, surroundings: null })).toEqual({
      ok: true,
      merged: ['unit'],
      rows: [
        { id: 'changed', before: befores.get('changed'), row: { ...changed, validTo: 5 } },
        { id: 'new', before: null, row: route('new', { validFrom: 9, group: 'Дороги' }) },
      ],
    });
  });

  it('know of the rows before them', () => {
    expect(decideRecords(new Map(), saving(fresh('one'), fresh('two')), ADMINISTRATOR)).toEqual({
      ok: false,
      refusal: { kind: 'row_refused', row: 2, id: 'two', why: { kind: 'route_taken', agency: 'roads' } },
    });
    const after = saving(fresh('one', { validTo: 5 }), fresh('two', { validFrom: 5 }));
    expect(decideRecords(new Map(), after, ADMINISTRATOR)).toMatchObject({ ok: true, merged: [] });
    expect(SURROUNDINGS.routing.routes.size).toBe(0);
  });

  it('are refused to whoever may not save one, as one is', () => {
    for (const role of ['operator', 'approver', 'executor', 'observer'] as const)
      expect(decideRecords(new Map(), saving(fresh('one')), { ...ADMINISTRATOR, role })).toEqual({
        ok: false,
        refusal: { kind: 'role_may_not', role },
      });
  });

  it('are each there once', () => {
    const twice = saving(fresh('one', { validTo: 5 }), fresh('one', { validFrom: 5 }));
    expect(decideRecords(new Map(), twice, ADMINISTRATOR)).toMatchObject({
      ok: false,
      refusal: { kind: 'row_refused', row: 2, why: { kind: 'malformed' } },
    });
  });

  it('are bounded in number and in bytes, one row alone in neither', () => {
    const read = (rows: readonly RoutingRule[]): boolean =>
      RECORD_COMMAND_ARGS.saveRecords.safeParse(saving(...rows.map((row) => ({ row, from: null }))).args)
        .success;
    const many = Array.from({ length: MOST_ROWS_SAVED }, (_, n) => route(`r${n}`));
    expect(read(many)).toBe(true);
    expect(read([...many, route('more')])).toBe(false);
    expect(read([])).toBe(false);
    expect(read(many.map((row) => ({ ...row, unit: 'щ'.repeat(1000) })))).toBe(true);
    expect(read(many.map((row) => ({ ...row, unit: 'щ'.repeat(1000), group: 'щ'.repeat(1000) })))).toBe(
      false,
    );
  });
});
