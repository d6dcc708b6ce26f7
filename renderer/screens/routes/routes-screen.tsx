import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import type { RouteCover } from '#shared/domain/route-cover.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import { LoadTrial } from './load-trial.tsx';
import { RouteDrawer } from './route-drawer.tsx';
import { RouteLines } from './route-list.tsx';
import { coverNow, isOver, RouteList, ROUTE_SHELVES, type RouteShelf } from './route-lines.ts';
import classes from './routes.module.css';

/** Who answers for which topic and place. Address: `/routes`, `/routes/<id>`, `/routes/new`. */
export function RoutesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('routes.title')}
      documentTitle={t('routes.documentTitle')}
      mayNot={t('routes.mayNot')}
    >
      <Routes />
    </Administration>
  );
}

function Routes() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const reference = useReference();
  const now = useNow();
  const cover = useMemo(() => coverNow(reference, now), [reference, now]);
  const lacksNames = reference.topics.length === 0 || reference.agencies.length === 0;
  return (
    <>
      <Head title={t('routes.title')}>
        <div className={classes['acts']}>
          <TableMenu kind="route" about={(preview) => <LoadTrial preview={preview} />} />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/routes/new')}>
            {t('routes.add')}
          </Button>
        </div>
      </Head>
      <Missing />
      {reference.routes.length === 0 && lacksNames ? (
        <Lesson
          title={t('routes.empty.title')}
          lead={t('routes.empty.lead')}
          steps={(['names', 'defaults', 'exact'] as const).map((step) => t(`routes.empty.${step}`))}
        />
      ) : (
        <Table cover={cover} />
      )}
      {id !== undefined && (
        <RouteDrawer key={id} id={decodeURIComponent(id)} onClose={() => goTo('/routes')} />
      )}
    </>
  );
}

/** Says what routes are made of and is not there yet, with the way to it. */
function Missing() {
  const { t } = useTranslation();
  const { agencies, municipalities } = useReference();
  const missing = [
    ...(agencies.length === 0 ? (['agencies'] as const) : []),
    ...(municipalities.length === 0 ? (['places'] as const) : []),
  ];
  if (missing.length === 0) return null;
  return (
    <Warning title={t('routes.missing.title')} mb="sm">
      <ul className={classes['missing']}>
        {missing.map((what) => (
          <li key={what}>
            <Link href={`/${what}`}>{t(`routes.missing.${what}`)}</Link>
          </li>
        ))}
      </ul>
    </Warning>
  );
}

function Table({ cover }: { readonly cover: RouteCover }) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const [shelf, setShelf] = useState<RouteShelf>('open');
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const list = useMemo(() => new RouteList(reference), [reference]);
  const lines = useMemo(
    () => (shelf === 'gaps' ? list.gaps(cover.gaps, asked) : list.routes(shelf, asked, now)),
    [list, shelf, asked, cover, now],
  );
  const closed = reference.routes.filter((route) => isOver(route, now)).length;
  const counts = { open: reference.routes.length - closed, closed, gaps: cover.gaps.length };
  return (
    <>
      <p className={classes['cover']}>
        {t('routes.cover', { covered: cover.pairs - cover.gaps.length, count: cover.pairs })}
      </p>
      <div className={classes['tools']}>
        <TextInput
          type="search"
          aria-label={t('routes.search')}
          placeholder={t('routes.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('routes.shelves')}
          value={shelf}
          onChange={setShelf}
          data={ROUTE_SHELVES.map((one) => ({
            value: one,
            label: t(`routes.shelf.${one}`, { count: counts[one] }),
          }))}
        />
      </div>
      <p className={classes['hint']}>{t(`routes.shelfHint.${shelf}`)}</p>
      {lines.length === 0 ? (
        <p className={classes['nothing']}>
          {t(query.trim() === '' ? `routes.nothing.${shelf}` : 'directory.notFound')}
        </p>
      ) : (
        <RouteLines key={shelf} lines={lines} now={now} />
      )}
    </>
  );
}
