import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { isUnsorted, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { AgencyDrawer } from './agency-drawer.tsx';
import { AgencyList } from './agency-list.tsx';

/** Parts of the list; an agency stands in one of them. */
const SHELVES = ['open', 'unsorted', 'closed'] as const;
type Shelf = (typeof SHELVES)[number];

const shelfOf = (agency: Agency, now: Instant): Shelf => {
  if (agency.validTo !== undefined && agency.validTo <= now) return 'closed';
  return isUnsorted(agency) ? 'unsorted' : 'open';
};

/** The agencies of the region. Address: `/agencies`, `/agencies/<id>`, `/agencies/new`. */
export function AgenciesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('agencies.title')}
      documentTitle={t('agencies.documentTitle')}
      mayNot={t('agencies.mayNot')}
    >
      <Directory />
    </Administration>
  );
}

function Directory() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const { agencies } = useReference();
  const now = useNow();
  const [shelf, setShelf] = useState<Shelf>('open');
  const [query, setQuery] = useState('');
  const shelves = Map.groupBy(agencies, (agency) => shelfOf(agency, now));
  const countOf = (one: Shelf): number => shelves.get(one)?.length ?? 0;
  return (
    <>
      <Head title={t('agencies.title')}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/agencies/new')}>
          {t('agencies.add')}
        </Button>
      </Head>
      {agencies.length === 0 ? (
        <Lesson
          title={t('agencies.empty.title')}
          lead={t('agencies.empty.lead')}
          steps={(['add', 'import', 'route'] as const).map((step) => t(`agencies.empty.${step}`))}
        />
      ) : (
        <>
          <div className={classes['tools']}>
            <TextInput
              type="search"
              aria-label={t('agencies.search')}
              placeholder={t('agencies.search')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={t('agencies.shelves')}
              value={shelf}
              onChange={setShelf}
              data={SHELVES.map((one) => ({
                value: one,
                label: t(`agencies.shelf.${one}`, { count: countOf(one) }),
              }))}
            />
          </div>
          <p className={classes['hint']}>{t(`agencies.shelfHint.${shelf}`)}</p>
          <AgencyList agencies={shelves.get(shelf) ?? []} query={query} now={now} />
        </>
      )}
      {id !== undefined && <AgencyDrawer key={id} id={id} onClose={() => goTo('/agencies')} />}
    </>
  );
}
