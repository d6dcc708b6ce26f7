import { useTranslation } from 'react-i18next';
import type { Municipality } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { DirectoryScreen } from '#renderer/kit/directory/directory-screen.tsx';
import { useValidityDetails } from '#renderer/kit/directory/use-validity-details.ts';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import { PlaceDrawer } from './place-drawer.tsx';

/** The municipalities of the region. */
export function PlacesScreen() {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  return (
    <DirectoryScreen
      path="/places"
      rows={municipalities}
      words={{
        title: t('places.title'),
        documentTitle: t('places.documentTitle'),
        mayNot: t('places.mayNot'),
        add: t('places.add'),
        search: t('places.search'),
        shelves: t('places.shelves'),
        shelf: (shelf, count) => t(`places.shelf.${shelf}`, { count }),
        shelfHint: (shelf) => t(`places.shelfHint.${shelf}`),
        empty: {
          title: t('places.empty.title'),
          lead: t('places.empty.lead'),
          steps: (['add', 'import', 'route'] as const).map((step) => t(`places.empty.${step}`)),
        },
      }}
      namesOf={({ settlements }) => settlements.map(({ name }) => name)}
      details={usePlaceDetails()}
      table={<TableMenu kind="municipality" />}
      drawer={(id, onClose) => <PlaceDrawer key={id} id={id} onClose={onClose} />}
    />
  );
}

/** Says what a municipality is, who lives there, and when it ends or ended. */
function usePlaceDetails(): (place: Municipality) => readonly string[] {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const nameOf = (id: string): string => municipalities.find((row) => row.id === id)?.shortName ?? id;
  const validity = useValidityDetails((day) => t('places.ended', { day }), nameOf);
  return (place) => [
    t(`places.kind.${place.kind}`),
    place.population === null ? '' : t('places.residents', place.population),
    place.settlements.length === 0 ? '' : t('places.settlementCount', { count: place.settlements.length }),
    ...validity(place),
  ];
}
