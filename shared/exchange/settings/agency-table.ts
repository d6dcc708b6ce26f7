import { SHORT_NAME_LENGTH, type Agency, type AgencyKind } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import {
  cellsOfRow,
  closedEntry,
  nameIn,
  ownNameIn,
  readingOf,
  saidIn,
  textIn,
  validityCells,
  validityIn,
  wordIn,
  WrongCell,
  yesNoCell,
  yesNoIn,
  type CellWords,
} from './directory-cells.ts';
import { EntryBook } from './entry-book.ts';
import { hoursCell, hoursIn } from './hours-cell.ts';
import type { SettingsCells, SettingsTable } from './settings-table.ts';

/** The basis that a table of agencies is written and read on. */
export interface AgencyTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly agencies: readonly Agency[];
}

const COLUMNS = [
  { key: 'name', header: 'Ведомство', width: 60, isRequired: true },
  { key: 'shortName', header: 'Краткое имя', width: 20, isRequired: false },
  { key: 'kind', header: 'Вид', width: 20, isRequired: false },
  { key: 'parent', header: 'Входит в', width: 44, isRequired: false },
  { key: 'units', header: 'Подразделения', width: 44, isRequired: false },
  { key: 'genitive', header: 'Родительный падеж', width: 44, isRequired: false },
  { key: 'dative', header: 'Дательный падеж', width: 44, isRequired: false },
  { key: 'person', header: 'Контактное лицо', width: 28, isRequired: false },
  { key: 'phone', header: 'Телефон', width: 20, isRequired: false },
  { key: 'email', header: 'Почта', width: 28, isRequired: false },
  { key: 'address', header: 'Адрес', width: 44, isRequired: false },
  { key: 'hours', header: 'Рабочие часы', width: 44, isRequired: false },
  { key: 'verified', header: 'Подтверждено', width: 14, isRequired: false },
  { key: 'firstDay', header: 'Действует с', width: 13, isRequired: false },
  { key: 'lastDay', header: 'Действует по', width: 13, isRequired: false },
  { key: 'successor', header: 'Преемник', width: 44, isRequired: false },
  { key: 'id', header: 'Код', width: 38, isRequired: false },
] as const;

/** As the console calls them in Russian, for the file goes to people of the region. */
const KINDS: CellWords<AgencyKind> = {
  regional: ['область'],
  municipal: ['муниципалитет'],
  utility: ['коммунальная служба'],
  federal: ['федеральный'],
  centre: ['центр'],
  other: ['другое'],
};

/** Letters of contacts, as many as the record takes. */
const CONTACTS = { person: 200, phone: 100, email: 254, address: 500 } as const;
type Contact = keyof typeof CONTACTS;

const unitsIn = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[;\n]/)
      .map((unit) => unit.trim())
      .filter(Boolean),
  ),
];

/** Agencies as a table; without a code a row means the agency of its name, or a new one. */
export function agencyDirectory({ zone, at, agencies }: AgencyTableBasis): SettingsTable<Agency> {
  const book = new EntryBook(agencies, at);
  return {
    title: 'Ведомства',
    columns: COLUMNS,
    begin: (all) => book.begin(all),
    write: (agency) => writeAgency(agency, book, zone),
    find: book.find,
    read: (line, before) =>
      readingOf(() => {
        const cells = cellsOfRow(line, before);
        const { parent: _p, contacts: _c, validFrom: _f, validTo: _t, successor: _s, ...kept } = before ?? {};
        const { genitive: _g, dative: _d, hours: _h, ...rest } = kept as Partial<Agency>;
        const id = before?.id ?? book.newIdOf(line);
        return { ...rest, id, ...namesOf(cells, before), ...placeOf(cells, before, book, { zone, at }) };
      }),
    close: closedEntry,
  };
}

const writeAgency = (agency: Agency, book: EntryBook<Agency>, zone: ZoneName): SettingsCells => ({
  name: agency.name,
  shortName: agency.shortName,
  kind: KINDS[agency.kind][0],
  parent: book.nameOf(agency.parent),
  units: agency.units.join('\n'),
  genitive: agency.genitive ?? '',
  dative: agency.dative ?? '',
  person: agency.contacts?.person ?? '',
  phone: agency.contacts?.phone ?? '',
  email: agency.contacts?.email ?? '',
  address: agency.contacts?.address ?? '',
  hours: hoursCell(agency.hours),
  verified: yesNoCell(agency.verified),
  ...validityCells(agency, zone),
  successor: book.nameOf(agency.successor),
  id: agency.id,
});

type Naming = Pick<Agency, 'name' | 'shortName' | 'kind' | 'verified' | 'genitive' | 'dative'>;

function namesOf(cells: SettingsCells, before: Agency | null): Naming {
  const name = ownNameIn(cells, before);
  // A name that is short enough needs no other.
  const own = Array.from(name).length <= SHORT_NAME_LENGTH ? name : undefined;
  const cases = (['genitive', 'dative'] as const).map(
    (one) => [one, textIn(cells, one, { kept: before?.[one], most: 1000 })] as const,
  );
  return {
    name,
    shortName: nameIn(cells, 'shortName', before?.shortName ?? own),
    kind: wordIn(cells, 'kind', KINDS) ?? before?.kind ?? 'other',
    verified: yesNoIn(cells, 'verified') ?? before?.verified ?? true,
    ...Object.fromEntries(cases.filter(([one, text]) => text !== '' || before?.[one] === '')),
  };
}

type Standing = Omit<Agency, keyof Naming | 'id'>;

function placeOf(
  cells: SettingsCells,
  before: Agency | null,
  book: EntryBook<Agency>,
  basis: { readonly zone: ZoneName; readonly at: Instant },
): Standing {
  const referred = (column: 'parent' | 'successor'): string | undefined => {
    const said = saidIn(cells, column);
    return said === undefined ? before?.[column] : book.referred(column, said, before?.[column]);
  };
  const [parent, successor] = [referred('parent'), referred('successor')];
  const contacts = contactsOf(cells, before);
  const hours = hoursIn(cells, before?.hours);
  return {
    units: unitsOf(cells, before),
    ...(parent === undefined ? {} : { parent }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(hours === undefined ? {} : { hours }),
    ...validityIn(cells, before, basis),
    ...(successor === undefined ? {} : { successor }),
  };
}

function unitsOf(cells: SettingsCells, before: Agency | null): Agency['units'] {
  const said = saidIn(cells, 'units');
  const kept = before?.units ?? [];
  // As it was written out: names with a semicolon in them stay whole.
  if (said === undefined || said === kept.join('\n').trim()) return kept;
  const units = unitsIn(said);
  if (units.some((unit) => unit.length > 1000)) throw new WrongCell('units', 'too_long');
  return units;
}

function contactsOf(cells: SettingsCells, before: Agency | null): Agency['contacts'] {
  const entries = (Object.keys(CONTACTS) as Contact[]).map(
    (one) => [one, textIn(cells, one, { kept: before?.contacts?.[one], most: CONTACTS[one] })] as const,
  );
  const { person = '', phone = '', email = '', address = '' } = Object.fromEntries(entries);
  const contacts = { person, phone, email, address };
  if (sameJson(contacts, before?.contacts ?? null)) return contacts;
  return Object.values(contacts).every((value) => value === '') ? undefined : contacts;
}
