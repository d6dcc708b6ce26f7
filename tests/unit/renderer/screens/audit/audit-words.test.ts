import { describe, expect, it } from 'vitest';
import { AUDIT_KINDS, COMMAND_LINE, type AuditLine } from '#shared/protocol/audit.ts';
import type { Reference } from '#renderer/kit/context/reference.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { auditWords } from '#renderer/screens/audit/audit-words.ts';
import { auditTable } from '#renderer/screens/audit/save-audit.ts';
import { wordsOf, type Language } from '#tests/e2e/harness/words.ts';

const reference = {
  accounts: [
    { id: 'kim', displayName: 'Анна Ким' },
    { id: 'petrov', displayName: 'Пётр Петров' },
  ],
  agencies: [{ id: 'roads', shortName: 'Дороги' }],
  zone: 'Asia/Vladivostok',
} as unknown as Reference;

const line = (
  action: string,
  detail: AuditLine['detail'] = {},
  more: Partial<AuditLine> = {},
): AuditLine => ({
  id: 1,
  at: Date.UTC(2025, 5, 9, 14, 0),
  actor: 'kim',
  action,
  address: '10.1.2.3',
  device: '',
  detail,
  ...more,
});
const told = (of: AuditLine, language: Language = 'ru') =>
  auditWords(of, { t: wordsOf(language), reference });

describe('a line in words', () => {
  it('names a deputy, and the days as people write them', () => {
    const before = { deputy: 'kim', from: '2026-12-05', to: '2026-12-12' };
    const after = { ...before, to: '2026-12-14' };
    expect(told(line('deputy_named', { account: 'petrov', before: null, after }))).toMatchObject({
      what: 'назван замещающий для «Пётр Петров»',
      changes: [
        { field: 'Кто замещает', was: null, is: 'Анна Ким' },
        { field: 'Первый день', was: null, is: '05.12.2026' },
        { field: 'Последний день', was: null, is: '14.12.2026' },
      ],
    });
    const ended = told(line('deputy_ended', { account: 'petrov', before, after: null }), 'en');
    expect(ended.changes).toContainEqual({ field: 'Last day', was: '12.12.2026', is: '—' });
  });

  it('says who did what to whom, and from where', () => {
    expect(told(line('account_dismissed', { account: 'petrov' }))).toEqual({
      who: 'Анна Ким',
      what: 'отключена учётная запись «Пётр Петров»',
      from: '10.1.2.3',
      changes: [],
    });
    expect(told(line('account_dismissed', { account: 'petrov' }), 'en').what).toBe(
      'closed the account “Пётр Петров”',
    );
  });

  it('of the command line says that it was the command line', () => {
    for (const actor of [COMMAND_LINE, 'cli'])
      expect(told(line('import', {}, { actor, address: '' }))).toMatchObject({
        who: 'Командная строка',
        from: 'на сервере центра',
      });
  });

  it('tells the first and the last day of a setting as days', () => {
    const [from, to] = [Date.UTC(2026, 10, 29, 14), Date.UTC(2026, 11, 31, 14)];
    const change = { before: { validFrom: null, validTo: null }, after: { validFrom: from, validTo: to } };
    expect(told(line('setting_changed', { kind: 'agency', id: 'roads', ...change })).changes).toMatchObject([
      { was: '—', is: '30.11.2026' },
      { was: '—', is: '31.12.2026' },
    ]);
  });

  it('shows what was and what is, in the words of the screens', () => {
    const change = {
      before: { role: 'executor', agency: 'roads', same: 1 },
      after: { role: 'operator', agency: null, same: 1 },
    };
    expect(told(line('account_changed', { account: 'petrov', ...change, endedSessions: 2 }))).toMatchObject({
      what: 'изменена учётная запись «Пётр Петров», завершены 2 сеанса',
      changes: [
        { field: 'Роль', was: 'Исполнитель', is: 'Оператор' },
        { field: 'Ведомство', was: 'Дороги', is: '—' },
      ],
    });
    expect(
      told(line('setting_changed', { kind: 'agency', id: 'roads', before: null, after: { name: 'Дороги' } })),
    ).toMatchObject({
      what: 'изменена настройка: ведомство Дороги',
      changes: [{ field: 'Название', was: null, is: 'Дороги' }],
    });
  });

  it.each(AUDIT_KINDS)(
    '%s has its sentence in both languages, also where an older release told less',
    (kind) => {
      for (const language of ['ru', 'en'] as const) {
        const { what } = told(line(kind), language);
        expect(what).not.toContain('audit.');
        expect(what.length).toBeGreaterThan(3);
      }
    },
  );

  it('a kind of a newer release is named as it is', () => {
    expect(told(line('warp_drive', { by: 'x' })).what).toBe('событие новой версии (warp_drive)');
  });
});

it('a file has a line a row, with the change in one cell', () => {
  const lines = [line('open_reading', { before: { open: false }, after: { open: true } })];
  expect(auditTable(lines, { t: wordsOf('ru'), reference }, whenIn('Asia/Vladivostok', 'ru'))).toEqual([
    ['Когда', 'Кто', 'Что', 'Было и стало', 'Откуда'],
    ['10.06.2025 00:00', 'Анна Ким', 'чтение обращений без ключа', 'Открыто для всех: нет → да', '10.1.2.3'],
  ]);
});
