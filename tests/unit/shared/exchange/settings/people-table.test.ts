import { describe, expect, it } from 'vitest';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { peopleTable, tablePersonOf } from '#shared/exchange/settings/people-table.ts';
import { readPeopleFile, toldPeople, type PeopleFile } from '#shared/exchange/settings/read-people.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { MOST_PEOPLE_LOADED } from '#shared/protocol/people-load.ts';
import type { Agency } from '#shared/domain/directory.ts';

const AT = Date.UTC(2026, 5, 15, 3);
const agency = (id: string, name: string, more: object = {}): Agency => ({
  id,
  name,
  shortName: id,
  kind: 'regional',
  units: [],
  verified: true,
  ...more,
});
const AGENCIES = [
  agency('roads', 'Депдорог'),
  agency('old', 'Старое', { validTo: AT - 1 }),
  agency('a', 'Два имени'),
  agency('b', 'Два имени'),
];
const person = (login: string, more: Partial<ListedAccount> = {}): ListedAccount => ({
  id: `id-${login}`,
  login,
  displayName: 'Вера Лис',
  role: 'operator',
  agency: null,
  isDisabled: false,
  passwordIsTemporary: false,
  seenAt: null,
  sessions: 0,
  mail: null,
  ...more,
});
const PEOPLE = [
  person('vera', { mail: 'vera@eao.example' }),
  person('ivan', { role: 'executor', agency: 'old' }),
  person('closed', { isDisabled: true }),
  person('waiting', { isDisabled: true, passwordIsTemporary: true }),
];
const BASIS = { people: PEOPLE, agencies: AGENCIES, at: AT };
const HEAD = ['Логин', 'Имя и фамилия', 'Роль', 'Ведомство', 'Почта', 'Доступ'];

const read = async (bytes: Uint8Array<ArrayBuffer>): Promise<PeopleFile> => {
  const result = await readPeopleFile(blobSource(new Blob([bytes])), { ...BASIS, file: 'люди.xlsx' });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};
const book = (...rows: readonly (readonly string[])[]) =>
  read(writeWorkbook([{ name: 'Лист', rows, widths: HEAD.map(() => 10) }]));
const rows = (...cells: readonly (readonly string[])[]) => book(HEAD, ...cells);

describe('a table of people', () => {
  it.each(['xlsx', 'csv'] as const)('written as %s and read again changes nobody', async (format) => {
    const file = await read(writeSettings(format, peopleTable(BASIS), PEOPLE.map(tablePersonOf)));
    // Somebody closed who has never come in is written «закрыт», and stays so.
    expect(file).toMatchObject({ same: PEOPLE.length, differing: [], wrong: [] });
  });

  it('brings new people and changes those whose login is there, however it is written', async () => {
    const { differing, same } = await rows(
      ['sidor', 'Сидор Тур', 'исполнитель', 'депдорог', 'sidor@eao.example', ''],
      ['VERA', 'Вера Новая', 'Согласующий', '', '', 'есть'],
      ['closed', 'Вера Лис', 'оператор', '', '', ''],
    );
    expect(same).toBe(1);
    const added = { login: 'sidor', role: 'executor', agency: 'roads', mail: 'sidor@eao.example' };
    expect(differing).toMatchObject([
      { number: 2, before: null, row: { ...added, displayName: 'Сидор Тур', isDisabled: false } },
      { number: 3, row: { login: 'vera', role: 'approver', mail: null }, before: { role: 'operator' } },
    ]);
  });

  it('leaves what a column that is not there would say', async () => {
    const { same } = await book(
      HEAD.slice(0, 3),
      ['vera', 'Вера Лис', 'Оператор'],
      ['ivan', 'Вера Лис', 'Исполнитель'],
    );
    expect(same).toBe(2);
  });

  it('lets somebody in again who was closed before they ever came in', async () => {
    const { differing } = await rows(['waiting', 'Вера Лис', 'Оператор', '', '', '']);
    expect(differing).toMatchObject([{ row: { isDisabled: false }, before: { isDisabled: true } }]);
  });

  it.each([
    [['', 'Имя', 'Оператор', '', '', ''], 'login', 'missing'],
    [['x'.repeat(65), 'Имя', 'Оператор', '', '', ''], 'login', 'too_long'],
    [['new', '', 'Оператор', '', '', ''], 'displayName', 'missing'],
    [['new', 'И'.repeat(201), 'Оператор', '', '', ''], 'displayName', 'too_long'],
    [['new', 'Имя', 'Директор', '', '', ''], 'role', 'unknown'],
    [['new', 'Имя', 'Исполнитель', 'Неведомое', '', ''], 'agency', 'unknown'],
    [['new', 'Имя', 'Исполнитель', 'Старое', '', ''], 'agency', 'unknown'],
    [['new', 'Имя', 'Исполнитель', 'Два имени', '', ''], 'agency', 'ambiguous'],
    [['new', 'Имя', 'Оператор', '', 'не почта', ''], 'mail', 'broken_mail'],
    [['new', 'Имя', 'Оператор', '', '', 'может быть'], 'access', 'unknown'],
  ])('refuses %j for its %s: %s', async (cells, column, why) => {
    const { wrong, differing } = await rows(cells);
    expect([wrong, differing]).toMatchObject([[{ number: 2, trouble: { kind: 'cell', column, why } }], []]);
  });

  it('refuses a login that stands twice, also where only its looks are the same', async () => {
    const { wrong } = await rows(
      ['oleg', 'Олег', 'Оператор', '', '', ''],
      ['Oleg', 'Олег', 'Оператор', '', '', ''],
      ['0leg', 'Олег', 'Оператор', '', '', ''],
    );
    expect(wrong).toMatchObject(
      [3, 4].map((number) => ({ number, trouble: { kind: 'repeated', first: 2 } })),
    );
  });

  it('is not read beyond what one load holds', async () => {
    const many = Array.from({ length: MOST_PEOPLE_LOADED + 1 }, (_, n) => [`p${n}.`, 'Имя', 'Оператор']);
    await expect(book(HEAD.slice(0, 3), ...many)).rejects.toThrow('too_many_rows');
  });

  it('tells what the centre takes, and of the rest why not', async () => {
    const file = await rows(
      ['sidor', 'Сидор', 'Оператор', '', '', ''],
      ['vera', 'Вера Новая', 'Оператор', '', 'vera@eao.example', ''],
    );
    const refused = [{ number: 2, trouble: { kind: 'account', why: 'login_taken' } as const }];
    expect(toldPeople(file, refused, BASIS)).toMatchObject({
      counts: { added: 0, changed: 1, same: 0, wrong: 1 },
      changed: [{ changes: [{ header: 'Имя и фамилия', was: 'Вера Лис', is: 'Вера Новая' }] }],
      wrong: refused,
    });
  });
});
