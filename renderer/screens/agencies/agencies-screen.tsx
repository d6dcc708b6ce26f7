import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { DirectoryScreen } from '#renderer/kit/directory/directory-screen.tsx';
import { useValidityDetails } from '#renderer/kit/directory/use-validity-details.ts';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import { AgencyDrawer } from './agency-drawer.tsx';

/** The agencies of the region. */
export function AgenciesScreen() {
  const { t } = useTranslation();
  const { agencies } = useReference();
  return (
    <DirectoryScreen
      path="/agencies"
      rows={agencies}
      words={{
        title: t('agencies.title'),
        documentTitle: t('agencies.documentTitle'),
        mayNot: t('agencies.mayNot'),
        add: t('agencies.add'),
        search: t('agencies.search'),
        shelves: t('agencies.shelves'),
        shelf: (shelf, count) => t(`agencies.shelf.${shelf}`, { count }),
        shelfHint: (shelf) => t(`agencies.shelfHint.${shelf}`),
        empty: {
          title: t('agencies.empty.title'),
          lead: t('agencies.empty.lead'),
          steps: (['add', 'import', 'route'] as const).map((step) => t(`agencies.empty.${step}`)),
        },
      }}
      namesOf={({ units }) => units}
      details={useAgencyDetails()}
      table={<TableMenu kind="agency" />}
      drawer={(id, onClose) => <AgencyDrawer key={id} id={id} onClose={onClose} />}
    />
  );
}

/** Says what an agency is, what it is a part of, and when it closes or closed. */
function useAgencyDetails(): (agency: Agency) => readonly string[] {
  const { t } = useTranslation();
  const reference = useReference();
  const nameOf = (id: string): string => agencyName(reference, id);
  const validity = useValidityDetails((day) => t('agencies.closed', { day }), nameOf);
  return (agency) => [
    t(`agencyKind.${agency.kind}`),
    agency.parent === undefined ? '' : t('agencies.partOf', { name: nameOf(agency.parent) }),
    agency.hours === undefined ? '' : t('agencies.hasOwnHours'),
    agency.units.length === 0 ? '' : t('agencies.unitCount', { count: agency.units.length }),
    ...validity(agency),
    agency.split === undefined
      ? ''
      : t('agencies.splitInto', {
          names: [...new Set(agency.split.heirs.map((heir) => nameOf(heir.agency)))].join(', '),
        }),
  ];
}
