import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLaneCounts } from '#renderer/kit/context/console-context.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import type { QueueQuery } from '#renderer/data/store/console-store.ts';
import { Filters } from './filters.tsx';
import { FirstMessage, useIsBeforeFirst } from './first-message.tsx';
import { LaneTabs } from './lane-tabs.tsx';
import { Preview } from './preview.tsx';
import { isFiltered, NO_CONDITIONS, useQueueQuery } from './query.ts';
import { QueueTable } from './queue-table.tsx';
import classes from './queue.module.css';
import { useQueueRows } from './use-queue-rows.ts';
import { useSelection } from './use-selection.ts';

const EmptyQueue = ({ query, onClear }: { readonly query: QueueQuery; readonly onClear: () => void }) => {
  const { t } = useTranslation();
  const hasFilters = isFiltered(query);
  const isBeforeFirst = useIsBeforeFirst();
  return (
    <div
      className={classes['empty']}
      id="queue-rows"
      role="tabpanel"
      aria-labelledby={`lane-${query.lane}`}
      tabIndex={-1}
    >
      {isBeforeFirst ? (
        <FirstMessage />
      ) : (
        <>
          <h2>{t(hasFilters ? 'empty.filtered.title' : `empty.${query.lane}.title`)}</h2>
          <p>{t(hasFilters ? 'empty.filtered.text' : `empty.${query.lane}.text`)}</p>
        </>
      )}
      {hasFilters && !isBeforeFirst && (
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
  const { selection, choose, step, leaving } = useSelection(query.lane, pages);
  const selected = selection?.standing === 'here' ? selection : null;
  const open = (id: string): void => goTo(`/incident/${id}`);
  useKeys({
    next: () => step(1),
    previous: () => step(-1),
    first: () => choose(0),
    last: () => choose(Infinity),
    ...(selected === null ? {} : { open: () => open(selected.id) }),
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
          <EmptyQueue query={query} onClear={() => onChange(NO_CONDITIONS)} />
        ) : (
          <QueueTable lane={query.lane} pages={pages} selected={selected} onSelect={choose} onOpen={open} />
        )}
      </section>
      <Preview selection={selection} leaving={leaving} />
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
