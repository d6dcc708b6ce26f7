import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useConsole, useLaneCounts } from '#renderer/app/console-context.tsx';
import { sessionMemory } from '#renderer/app/session-memory.ts';
import { useKeys } from '#renderer/app/use-keys.ts';
import type { QueueQuery } from '#renderer/store/console-store.ts';
import { Filters } from './filters.tsx';
import { LaneTabs } from './lane-tabs.tsx';
import { Preview } from './preview.tsx';
import { isFiltered, useQueueQuery } from './query.ts';
import { QueueTable } from './queue-table.tsx';
import classes from './queue.module.css';
import { useQueueRows, type QueueRows } from './use-queue-rows.ts';

interface Selected {
  readonly id: string;
  readonly index: number;
}

/** The place chosen last in every lane, so that going to a card and back loses nothing. */
const chosenIn = sessionMemory<Selected>();

/** Follows the chosen row through changes. A row that left by our own hand gives its place to the next one. */
function useSelection(key: string, pages: QueueRows) {
  const { hub } = useConsole();
  const remembered = chosenIn(hub);
  const [selected, setSelected] = useState<Selected | null>(remembered.get(key) ?? null);
  const hasLeft = useRef(false);
  const { rows, total, generation } = pages;
  const select = (index: number): void => {
    const row = rows.get(index);
    if (row !== undefined) setSelected({ id: row.id, index });
  };
  useEffect(() => {
    const known = selected ?? remembered.get(key) ?? null;
    const place = known === null ? undefined : [...rows].find(([, row]) => row.id === known.id)?.[0];
    if (known !== null && place !== undefined) {
      if (selected?.index !== place) setSelected({ id: known.id, index: place });
      return;
    }
    // A row taken away by somebody else keeps its card: it may be in the middle of being read.
    if (selected !== null && !hasLeft.current) return;
    hasLeft.current = false;
    const index = Math.max(0, Math.min(known?.index ?? 0, (total ?? 0) - 1));
    const row = rows.get(index);
    setSelected(row === undefined ? null : { id: row.id, index });
    // Each answer of the store is looked at once; `rows` and `total` come with it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [generation, key]);
  useEffect(() => {
    if (selected === null) return;
    remembered.set(key, selected);
    const next = rows.get(selected.index + 1);
    if (next !== undefined && hub.kept(next.id) === undefined) void hub.read(next.id);
  }, [hub, key, selected, rows, remembered]);
  return {
    selected,
    select,
    choose: setSelected,
    leaving: {
      onLeaving: (isExpected: boolean) => {
        hasLeft.current = isExpected;
      },
      onLeft: () => undefined,
    },
  };
}

const EmptyQueue = ({ query, onClear }: { readonly query: QueueQuery; readonly onClear: () => void }) => {
  const { t } = useTranslation();
  const hasFilters = isFiltered(query);
  return (
    <div
      className={classes['empty']}
      id="queue-rows"
      role="tabpanel"
      aria-labelledby={`lane-${query.lane}`}
      tabIndex={-1}
    >
      <h2>{t(hasFilters ? 'empty.filtered.title' : `empty.${query.lane}.title`)}</h2>
      <p>{t(hasFilters ? 'empty.filtered.text' : `empty.${query.lane}.text`)}</p>
      {hasFilters && (
        <Button variant="default" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
};

const LaneQueue = ({
  query,
  onChange,
}: {
  readonly query: QueueQuery;
  readonly onChange: (change: Partial<QueueQuery>) => void;
}) => {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const search = useRef<HTMLInputElement>(null);
  const pages = useQueueRows(query);
  const { selected, select, choose, leaving } = useSelection(query.lane, pages);
  const at = selected?.index ?? -1;
  const last = (pages.total ?? 0) - 1;
  const open = (id: string): void => goTo(`/incident/${id}`);
  useKeys({
    next: () => select(Math.min(at + 1, last)),
    previous: () => select(Math.max(at - 1, 0)),
    first: () => select(0),
    last: () => select(last),
    open: () => {
      if (selected !== null) open(selected.id);
    },
    search: () => search.current?.focus(),
  });
  return (
    <div className={classes['screen']}>
      <section className={classes['list']}>
        <VisuallyHidden component="h1">
          {t('queue.heading', { lane: t(`lane.${query.lane}`) })}
        </VisuallyHidden>
        <LaneTabs current={query.lane} />
        <Filters query={query} onChange={onChange} searchRef={search} />
        {pages.total === 0 ? (
          <EmptyQueue query={query} onClear={() => goTo(`/queue/${query.lane}`)} />
        ) : (
          <QueueTable
            pages={pages}
            selected={selected}
            onSelect={(id, index) => choose({ id, index })}
            onOpen={open}
          />
        )}
      </section>
      <Preview id={pages.total === 0 ? null : (selected?.id ?? null)} leaving={leaving} />
    </div>
  );
};

/** The queue: lanes, conditions, rows by time left, and the card of the chosen one. */
export function QueueScreen() {
  const { t } = useTranslation();
  const [query, change] = useQueueQuery();
  const counts = useLaneCounts();
  useEffect(() => {
    document.title = t('queue.documentTitle', { lane: t(`lane.${query.lane}`), count: counts[query.lane] });
  }, [t, query.lane, counts]);
  return <LaneQueue key={query.lane} query={query} onChange={change} />;
}
