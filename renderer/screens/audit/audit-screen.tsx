import { Button, Menu } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { MOST_EXPORTED, type AuditFilter } from '#shared/protocol/audit.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { Administration, Head } from '#renderer/kit/layout/administration.tsx';
import layout from '#renderer/kit/layout/administration.module.css';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { filterOf, queryOf, readAuditFile } from './audit-api.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditLog } from './audit-log.tsx';
import { auditTable, saveAudit } from './save-audit.ts';
import classes from './audit.module.css';

/** The audit log: who did what, when and from where. Read at the centre alone, changed by nobody. */
export function AuditScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('audit.title')}
      documentTitle={t('audit.documentTitle')}
      mayNot={t('audit.mayNot')}
    >
      <Audit />
    </Administration>
  );
}

function Audit() {
  const { t } = useTranslation();
  const isLive = useIsLive();
  const [path, goTo] = useLocation();
  const search = useSearch();
  const filter = filterOf(search);
  const [reading, setReading] = useState(0);
  const [cleared, setCleared] = useState(0);
  const choose = (next: AuditFilter): void => goTo(`${path}?${queryOf(next)}`, { replace: true });
  const isChosen = queryOf(filter) !== '';
  return (
    <>
      <Head title={t('audit.title')}>
        <div className={layout['tools']}>
          <Button
            variant="default"
            disabled={!isLive}
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => setReading(reading + 1)}
          >
            {t('audit.refresh')}
          </Button>
          <Save filter={filter} isLive={isLive} />
        </div>
      </Head>
      <p className={layout['hint']}>{t('audit.lead')}</p>
      {!isLive && (
        <p className={layout['bad']} role="status">
          {t('audit.away')}
        </p>
      )}
      <AuditFilters key={cleared} filter={filter} onChange={choose} />
      {isChosen && (
        <Button
          className={classes['all']}
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            choose({});
            setCleared(cleared + 1);
          }}
        >
          {t('audit.all')}
        </Button>
      )}
      <AuditLog key={`${search} ${reading}`} filter={filter} reading={reading} />
    </>
  );
}

/** The lines that are chosen, as a file. */
function Save({ filter, isLive }: { readonly filter: AuditFilter; readonly isLive: boolean }) {
  const { t } = useTranslation();
  const { region } = useSession();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const save = useCentreAction(
    (format: TableFormat) => readAuditFile(filter, format),
    ({ lines, isCut }, format) => {
      const rows = auditTable(lines, { t, reference }, when);
      const { date } = localTimeAt(reference.zone, now);
      saveAudit(format, `pult-${region.code}-audit-${date}`, rows, t('audit.title'));
      if (isCut) tellTrouble(t('audit.isCut', { most: MOST_EXPORTED }), t('common.close'));
      else tellDone(t('audit.saved', { count: lines.length }));
    },
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          disabled={!isLive}
          loading={save.isPending}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('audit.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TABLE_FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => save.run(format)}>
            {t(`export.formats.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
