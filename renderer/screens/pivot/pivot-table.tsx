import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { whole } from '#shared/report/paper/sheet-text.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { figureAt, type Pivot, type PivotLine } from './pivot.ts';
import classes from './pivot.module.css';
import type { PivotNames } from './save-pivot.ts';

interface Props {
  readonly pivot: Pivot;
  readonly names: PivotNames;
  readonly onFigure: (figure: string) => void;
}

/** A place in the table; the line after the last is the totals'. */
interface Spot {
  readonly row: number;
  readonly column: number;
}

const STEPS: Readonly<Record<string, Spot>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

const buttonAt = (table: Element | null, { row, column }: Spot): HTMLElement | null =>
  table?.querySelector<HTMLElement>(`[data-spot="${row},${column}"]`) ?? null;

/**
 * Numbers by two dimensions with their sums. One stop of the Tab key; arrows walk from number to number over
 * empty cells.
 */
export function PivotTable({ pivot, names, onFigure }: Props) {
  const { t } = useTranslation();
  const { down, across, total } = pivot;
  const [active, setActive] = useState<Spot>({ row: down.length, column: across.length });
  const walk = (event: KeyboardEvent<HTMLElement>, from: Spot): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const table = event.currentTarget.closest('table');
    let { row, column } = from;
    do {
      row += step.row;
      column += step.column;
      const next = buttonAt(table, { row, column });
      if (next !== null) return next.focus();
    } while (row >= 0 && column >= 0 && row <= down.length && column <= across.length);
  };
  // Where the table was counted anew the spot may be gone; its total never is.
  const isThere = active.row <= down.length && active.column <= across.length;
  const cell = (spot: Spot, row: PivotLine | null, column: PivotLine | null, count: number) => (
    <Cell
      key={spot.column}
      spot={spot}
      count={count}
      isStop={isThere && isSame(active, spot) && count > 0}
      label={[row && names.down(row), column && names.across(column)]
        .filter((part) => part !== null)
        .join(' · ')}
      onFocus={() => setActive(spot)}
      onWalk={(event) => walk(event, spot)}
      onOpen={() => onFigure(figureAt(pivot, row?.value ?? null, column?.value ?? null))}
    />
  );
  const line = (row: PivotLine | null, at: number) => (
    <>
      {across.map((column, place) =>
        cell(
          { row: at, column: place },
          row,
          column,
          row === null ? column.total : pivot.at(row.value, column.value),
        ),
      )}
      {cell({ row: at, column: across.length }, row, null, row?.total ?? total)}
    </>
  );
  return (
    <table className={classes['table']} aria-label={t('nav.pivot')}>
      <thead>
        <tr>
          <th scope="col">{names.corner}</th>
          {across.map((column) => (
            <th key={column.value} scope="col">
              <span>{names.across(column)}</span>
            </th>
          ))}
          <th scope="col">{names.total}</th>
        </tr>
      </thead>
      <tbody>
        {down.map((row, at) => (
          <tr key={row.value}>
            <th scope="row">{names.down(row)}</th>
            {line(row, at)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{names.total}</th>
          {line(null, down.length)}
        </tr>
      </tfoot>
    </table>
  );
}

const isSame = (a: Spot, b: Spot): boolean => a.row === b.row && a.column === b.column;

interface CellProps {
  readonly spot: Spot;
  readonly count: number;
  readonly isStop: boolean;
  readonly label: string;
  readonly onFocus: () => void;
  readonly onWalk: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onOpen: () => void;
}

function Cell({ spot, count, isStop, label, onFocus, onWalk, onOpen }: CellProps) {
  const language = useLanguage();
  if (count === 0) return <td className={classes['nought']}>0</td>;
  const shown = whole(count, language);
  return (
    <td>
      <button
        type="button"
        data-spot={`${spot.row},${spot.column}`}
        tabIndex={isStop ? 0 : -1}
        aria-haspopup="dialog"
        aria-label={label === '' ? shown : `${shown}. ${label}`}
        onFocus={onFocus}
        onKeyDown={onWalk}
        onClick={onOpen}
      >
        {shown}
      </button>
    </td>
  );
}
