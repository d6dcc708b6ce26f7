import { Button, Progress, Select } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearch } from 'wouter';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { kitBody, kitPage, KIT_STYLE } from '#shared/report/kit/kit-sheet.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { useReference, useStatus } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import { missingWords } from '#renderer/kit/summary/missing.ts';
import { addressOf, requestAt } from '#renderer/kit/summary/report-address.ts';
import { PRINT_STYLE } from '#renderer/kit/summary/report-sheet.tsx';
import classes from '#renderer/kit/summary/report.module.css';
import { fontFaces } from '#renderer/kit/summary/save-report.ts';
import { useReport } from '#renderer/kit/summary/use-report.ts';
import { useKit } from './use-kit.ts';

/** Paper that an agency takes to a broadcast. Address: `/broadcast/2022-01?agency=<id>`. */
export function BroadcastScreen() {
  const { '*': named = '' } = useParams<{ '*'?: string }>();
  const { zone } = useReference();
  const month = localTimeAt(zone, useNow()).date.slice(0, 7);
  const request = useMemo(() => requestAt(named, zone) ?? requestAt(month, zone), [named, zone, month]);
  return request === null ? null : <Kit request={request} />;
}

function Kit({ request }: { readonly request: ReportRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [, goTo] = useLocation();
  const chosen = new URLSearchParams(useSearch()).get('agency');
  const made = useReport(request);
  const agencies = made?.report.agencies ?? [];
  // The one that is asked most, until somebody chooses.
  const agency = chosen ?? agencies[0]?.agency ?? null;
  const kit = useKit(request, agency);
  const { print } = usePrint();
  const missing = missingWords(useStatus(), t);
  const title = t('broadcast.title', { period: periodName(request, language) });
  useEffect(() => {
    document.title = t('broadcast.documentTitle', { title });
  }, [t, title]);
  const printWhole = (): void => {
    if (missing !== null) tellTrouble(missing, t('common.close'));
    else if (kit !== null) print();
  };
  useKeys({ print: printWhole });
  const save = async (): Promise<void> => {
    if (kit === null) return;
    const page = kitPage(kit, language, await fontFaces());
    saveFile(`pult-${kit.region}-${addressOf(request)}-${kit.agency}.html`, 'text/html', page);
  };
  return (
    <div className={classes['screen']} data-incomplete={missing === null ? undefined : ''}>
      <div className={classes['bar']}>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => goTo(`/reports/${addressOf(request)}`)}
        >
          {t('broadcast.back')}
        </Button>
        <Select
          aria-label={t('broadcast.agency')}
          placeholder={t('broadcast.agency')}
          searchable
          allowDeselect={false}
          w={380}
          data={agencies.map(({ agency: id, name, count }) => ({
            value: id,
            label: t('broadcast.option', { name, count }),
          }))}
          value={agency}
          onChange={(id) => id !== null && goTo(`/broadcast/${addressOf(request)}?agency=${id}`)}
        />
        <div className={classes['actions']}>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={kit === null || missing !== null}
            onClick={() => void save()}
          >
            {t('report.asHtml')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            disabled={kit === null || missing !== null}
            onClick={printWhole}
          >
            {t('report.print')} <kbd className={classes['cap']}>{KEY_MAP.print.shown.join('+')}</kbd>
          </Button>
        </div>
      </div>
      {missing !== null && (
        <p className={classes['missing']} role="status">
          {t('report.incomplete')} {missing}
        </p>
      )}
      <div className={classes['desk']} tabIndex={0} role="region" aria-label={title}>
        {made !== null && agencies.length === 0 ? (
          <div className={classes['empty']}>
            <h1>{title}</h1>
            <p>{t('broadcast.nobody')}</p>
          </div>
        ) : kit === null ? (
          <Progress
            className={classes['reading'] ?? ''}
            value={100}
            animated
            aria-label={t('report.reading')}
          />
        ) : (
          <>
            <style>{KIT_STYLE + PRINT_STYLE}</style>
            <div
              className={classes['paper']}
              dangerouslySetInnerHTML={{ __html: kitBody(kit, language).markup }}
            />
          </>
        )}
      </div>
    </div>
  );
}
