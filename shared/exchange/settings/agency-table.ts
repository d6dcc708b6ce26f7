import type { Agency, AgencyKind } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { EntryBook } from './entry-book.ts';
import { NAMING_COLUMNS, namingIn, STANDING_COLUMNS, standingCells, standingIn } from './entry-cells.ts';
import { hoursCell, hoursIn } from './hours-cell.ts';
import { closedEntry } from './lasting-cells.ts';
import {
  cellsOfRow,
  namesIn,
  readingOf,
  saidIn,
  textIn,
  wordIn,
  WrongCell,
  yesNoCell,
  yesNoIn,
  type CellWords,
} from './row-cells.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';

/** The basis that a table of agencies is written and read on. */
export interface AgencyTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly agencies: readonly Agency[];
}

const COLUMNS = [
  column('name', 'Ведомство', 60, true),
  ...NAMING_COLUMNS,
  column('parent', 'Входит в', 44),
  column('units', 'Подразделения', 44),
  column('genitive', 'Родительный падеж', 44),
  column('dative', 'Дательный падеж', 44),
  column('person', 'Контактное лицо', 28),
  column('phone', 'Телефон', 20),
  column('email', 'Почта', 28),
  column('address', 'Адрес', 44),
  column('hours', 'Рабочие часы', 44),
  ...STANDING_COLUMNS,
];

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
  ...standingCells(agency, book, zone),
});

type Naming = Pick<Agency, 'name' | 'shortName' | 'kind' | 'verified' | 'genitive' | 'dative'>;

function namesOf(cells: SettingsCells, before: Agency | null): Naming {
  const cases = (['genitive', 'dative'] as const).map(
    (name) => [name, textIn(cells, name, { kept: before?.[name], most: 1000 })] as const,
  );
  return {
    ...namingIn(cells, before),
    kind: wordIn(cells, 'kind', KINDS) ?? before?.kind ?? 'other',
    verified: yesNoIn(cells, 'verified') ?? before?.verified ?? true,
    ...Object.fromEntries(cases.filter(([name, text]) => text !== '' || before?.[name] === '')),
  };
}

type Standing = Omit<Agency, keyof Naming | 'id'>;

function placeOf(
  cells: SettingsCells,
  before: Agency | null,
  book: EntryBook<Agency>,
  basis: { readonly zone: ZoneName; readonly at: Instant },
): Standing {
  const parent = book.referredIn(cells, 'parent', before?.parent);
  const contacts = contactsOf(cells, before);
  const hours = hoursIn(cells, before?.hours);
  return {
    units: unitsOf(cells, before),
    ...(parent === undefined ? {} : { parent }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(hours === undefined ? {} : { hours }),
    ...standingIn(cells, before, book, basis),
  };
}

function unitsOf(cells: SettingsCells, before: Agency | null): Agency['units'] {
  const said = saidIn(cells, 'units');
  const kept = before?.units ?? [];
  // As it was written out: names with a semicolon in them stay whole.
  if (said === undefined || said === kept.join('\n').trim()) return kept;
  const units = namesIn(said);
  if (units.some((unit) => unit.length > 1000)) throw new WrongCell('units', 'too_long');
  return units;
}

function contactsOf(cells: SettingsCells, before: Agency | null): Agency['contacts'] {
  const entries = (Object.keys(CONTACTS) as Contact[]).map(
    (name) => [name, textIn(cells, name, { kept: before?.contacts?.[name], most: CONTACTS[name] })] as const,
  );
  const { person = '', phone = '', email = '', address = '' } = Object.fromEntries(entries);
  const contacts = { person, phone, email, address };
  if (sameJson(contacts, before?.contacts ?? null)) return contacts;
  return Object.values(contacts).every((value) => value === '') ? undefined : contacts;
}
