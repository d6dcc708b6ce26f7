import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane, QueueRow } from '#renderer/data/store/console-store.ts';
import { useRowHeight } from '#renderer/kit/preferences/density.ts';
import classes from './queue.module.css';
import { LeftCell, NetworkCell, WhatCell, WhereCell } from './queue-cells.tsx';
import type { QueueRows } from './use-queue-rows.ts';

interface Placed {
  readonly index: number;
  readonly row: QueueRow;
  /** In the lane of promises. */
  readonly isPromised: boolean;
}

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Placed>();
const columns = helper.columns([
  helper.display({ id: 'left', cell: ({ row }) => <LeftCell {...row.original} /> }),
  helper.display({ id: 'what', cell: ({ row }) => <WhatCell {...row.original} /> }),
  helper.display({ id: 'where', cell: ({ row }) => <WhereCell row={row.original.row} /> }),
  helper.display({ id: 'network', cell: ({ row }) => <NetworkCell row={row.original.row} /> }),
]);

interface QueueTableProps {
  readonly lane: Lane;
  readonly pages: QueueRows;
  readonly selected: { readonly id: string; readonly index: number } | null;
  readonly onSelect: (index: number) => void;
  readonly onOpen: (id: string) => void;
}

/** Keeps the chosen row at its height on the screen when rows come and go above it. */
function useSteadyScroll(
  virtual: Virtualizer<HTMLDivElement, Element>,
  selected: QueueTableProps['selected'],
  rowHeight: number,
): void {
  const before = useRef(selected);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = selected;
    if (was === null || selected === null || was.id !== selected.id || was.index === selected.index) return;
    virtual.scrollToOffset((virtual.scrollOffset ?? 0) + (selected.index - was.index) * rowHeight);
  }, [virtual, selected, rowHeight]);
}

/**
 * The rows of the lane. One stop of the Tab key; J/K and arrows move within. Only what is on the screen is
 * drawn.
 */
export function QueueTable({ lane, pages, selected, onSelect, onOpen }: QueueTableProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: pages.total ?? 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1];
  const { show, rows, total } = pages;
  useEffect(() => show(from, to), [show, from, to]);
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const data = useMemo(
    () =>
      Array.from({ length: to - from }, (_, offset) => from + offset).flatMap((index): Placed[] => {
        const row = rows.get(index);
        return row === undefined ? [] : [{ index, row, isPromised: lane === 'promised' }];
      }),
    [rows, from, to, lane],
  );
  const table = useTable({ features, columns, data, getRowId: ({ row }) => row.id });
  useSteadyScroll(virtual, selected, rowHeight);
  const index = selected?.index ?? null;
  const id = selected?.id ?? null;
  useEffect(() => {
    if (index !== null) virtual.scrollToIndex(index, { align: 'auto' });
    // Follows the person's own steps only: rows that move by themselves are held by useSteadyScroll.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id]);
  return (
    <div
      className={classes['scroll']}
      ref={scroll}
      id="queue-rows"
      role="grid"
      tabIndex={0}
      aria-label={t('queue.rows')}
      aria-rowcount={total ?? -1}
      aria-activedescendant={id === null ? undefined : `row-${id}`}
    >
      <div
        className={classes['space']}
        data-lane={lane}
        role="rowgroup"
        style={{ height: virtual.getTotalSize() }}
      >
        {table.getRowModel().rows.map((row) => (
          <div
            key={row.id}
            id={`row-${row.id}`}
            role="row"
            aria-rowindex={row.original.index + 1}
            aria-selected={row.id === id}
            data-on={row.id === id}
            className={classes['row']}
            style={{ transform: `translateY(${row.original.index * rowHeight}px)` }}
            onMouseDown={() => onSelect(row.original.index)}
            onDoubleClick={() => onOpen(row.id)}
          >
            {row.getAllCells().map((cell) => (
              // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its text is its label
              <div key={cell.id} role="gridcell" className={classes['cell']}>
                <table.FlexRender cell={cell} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
