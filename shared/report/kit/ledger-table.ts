import type { BookSheet } from '#shared/exchange/workbook-write.ts';
import type { Language } from '#shared/text/duration.ts';
import { html } from '#shared/text/html.ts';
import { shortDate } from '#shared/report/paper/sheet-text.ts';
import { tableSheet } from '#shared/report/paper/table-sheet.ts';
import type { PaperTable, TableCell, TableColumn } from '#shared/report/paper/table.ts';
import { LEDGER_WORDS, type LedgerWords } from './ledger-words.ts';
import type { LedgerLine, LedgerPart, PromiseLedger } from './promise-ledger.ts';

interface LedgerColumn extends TableColumn {
  readonly cell: (line: LedgerLine, part: LedgerPart) => TableCell;
  /** A page has it as the heading of a part, or as small letters. */
  readonly isOfBook?: boolean;
}

/** Until when, in figures: `10.07.2026` or `10.07.2026 18:00`. */
const untilOf = ({ date, hour }: LedgerLine): string =>
  hour === null ? shortDate(date) : `${shortDate(date)} ${hour}`;

type Value = (line: LedgerLine, part: LedgerPart) => string;
type Look = Pick<LedgerColumn, 'isProse' | 'isStrong' | 'isOfBook'>;

const PROSE: Look = { isProse: true };
const OF_BOOK: Look = { isOfBook: true };

const text = (key: string, header: string, width: number, value: Value, look: Look = {}): LedgerColumn => ({
  key,
  header,
  format: 'text',
  width,
  cell: (line, part) => ({ value: value(line, part) }),
  ...look,
});

/** Where it was promised; on a page with the municipality under it, which a workbook has by itself. */
const streetColumn = (words: LedgerWords): LedgerColumn => ({
  ...text('street', words.street, 30, () => ''),
  cell: ({ street, municipality }) => ({
    value: street || municipality || '—',
    note: street === '' || municipality === '' ? undefined : html`<br /><small>${municipality}</small>`,
  }),
});

/** The columns of the ledger, for the page and the workbook. */
const columnsOf = (words: LedgerWords): readonly LedgerColumn[] => [
  streetColumn(words),
  text('municipality', words.municipality, 26, ({ municipality }) => municipality, OF_BOOK),
  text('agency', words.agency, 40, (_, { agencyName }) => agencyName || words.centre, OF_BOOK),
  text('number', words.number, 10, ({ number }) => String(number ?? '—')),
  text('until', words.until, 17, untilOf, { isProse: true, isStrong: true }),
  text('words', words.words, 60, ({ quote }) => quote, PROSE),
  text('state', words.state, 18, ({ state }) => words.states[state], PROSE),
  {
    key: 'moved',
    header: words.movedTimes,
    format: 'count',
    width: 12,
    cell: ({ moved }) => ({ value: moved }),
  },
];

function tableOfParts(
  parts: readonly LedgerPart[],
  columns: readonly LedgerColumn[],
  name: string,
): PaperTable {
  return {
    name,
    columns,
    rows: parts.flatMap((part) => part.lines.map((line) => columns.map(({ cell }) => cell(line, part)))),
    totals: null,
    notes: [],
  };
}

/** The promises of one agency as a table on a page. */
export function partTable(part: LedgerPart, language: Language): PaperTable {
  const words = LEDGER_WORDS[language];
  const columns = columnsOf(words).filter(({ isOfBook }) => isOfBook !== true);
  return tableOfParts([part], columns, part.agencyName);
}

/** The whole ledger as a workbook of one sheet, in which a person may sort and filter. */
export function ledgerBook({ parts }: PromiseLedger, language: Language): readonly BookSheet[] {
  const words = LEDGER_WORDS[language];
  return [tableSheet(tableOfParts(parts, columnsOf(words), words.title))];
}
