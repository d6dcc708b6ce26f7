import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { isUnsorted, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { PlaceDrawer } from './place-drawer.tsx';
import { PlaceList } from './place-list.tsx';

/** Parts of the list; a municipality stands in one of them. */
const SHELVES = ['open', 'unsorted', 'closed'] as const;
type Shelf = (typeof SHELVES)[number];

const shelfOf = (place: Municipality, now: Instant): Shelf => {
  if (place.validTo !== undefined && place.validTo <= now) return 'closed';
  return isUnsorted(place) ? 'unsorted' : 'open';
};

/** The municipalities of the region. Address: `/places`, `/places/<id>`, `/places/new`. */
export function PlacesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('places.title')}
      documentTitle={t('places.documentTitle')}
      mayNot={t('places.mayNot')}
    >
      <Directory />
    </Administration>
  );
}

function Directory() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const { municipalities } = useReference();
  const now = useNow();
  const [shelf, setShelf] = useState<Shelf>('open');
  const [query, setQuery] = useState('');
  const shelves = Map.groupBy(municipalities, (place) => shelfOf(place, now));
  const countOf = (one: Shelf): number => shelves.get(one)?.length ?? 0;
  return (
    <>
      <Head title={t('places.title')}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/places/new')}>
          {t('places.add')}
        </Button>
      </Head>
      {municipalities.length === 0 ? (
        <Lesson
          title={t('places.empty.title')}
          lead={t('places.empty.lead')}
          steps={(['add', 'import', 'route'] as const).map((step) => t(`places.empty.${step}`))}
        />
      ) : (
        <>
          <div className={classes['tools']}>
            <TextInput
              type="search"
              aria-label={t('places.search')}
              placeholder={t('places.search')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={t('places.shelves')}
              value={shelf}
              onChange={setShelf}
              data={SHELVES.map((one) => ({
                value: one,
                label: t(`places.shelf.${one}`, { count: countOf(one) }),
              }))}
            />
          </div>
          <p className={classes['hint']}>{t(`places.shelfHint.${shelf}`)}</p>
          <PlaceList municipalities={shelves.get(shelf) ?? []} query={query} now={now} />
        </>
      )}
      {id !== undefined && <PlaceDrawer key={id} id={id} onClose={() => goTo('/places')} />}
    </>
  );
}
