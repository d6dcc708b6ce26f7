import { Button, Progress } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { missingWords } from './missing.ts';
import { addressOf } from './report-address.ts';
import { PRINT_STYLE } from './report-sheet.tsx';
import classes from './report.module.css';

interface Props {
  readonly request: ReportRequest;
  readonly title: string;
  /** Stands between the way back and the buttons. */
  readonly chooser?: ReactNode;
  /** Ways to save it besides printing, each by its button's words. */
  readonly saves: readonly { readonly label: string; readonly run: () => void }[];
  /** Null while it is being made. */
  readonly paper: { readonly style: string; readonly markup: string } | null;
  /** Said in place of a paper that cannot be made. */
  readonly empty?: string | null;
}

/** A paper made beside a summary, as it is printed; nothing goes out while the archive is not complete. */
export function PaperScreen({ request, title, chooser, saves, paper, empty = null }: Props) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { print } = usePrint();
  const missing = missingWords(useStatus(), t);
  useEffect(() => {
    document.title = t('paper.documentTitle', { title });
  }, [t, title]);
  const printWhole = (): void => {
    if (missing !== null) tellTrouble(missing, t('common.close'));
    else if (paper !== null) print();
  };
  useKeys({ print: printWhole });
  const isOff = paper === null || missing !== null;
  return (
    <div className={classes['screen']} data-incomplete={missing === null ? undefined : ''}>
      <div className={classes['bar']}>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => goTo(`/reports/${addressOf(request)}`)}
        >
          {t('paper.back')}
        </Button>
        {chooser}
        <div className={classes['actions']}>
          {saves.map(({ label, run }) => (
            <Button
              key={label}
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              disabled={isOff}
              onClick={run}
            >
              {label}
            </Button>
          ))}
          <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={isOff} onClick={printWhole}>
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
        {empty === null ? (
          <Paper paper={paper} />
        ) : (
          <div className={classes['empty']}>
            <h1>{title}</h1>
            <p>{empty}</p>
          </div>
        )}
      </div>
    </div>
  );
}

const Paper = ({ paper }: Pick<Props, 'paper'>) => {
  const { t } = useTranslation();
  if (paper === null)
    return (
      <Progress className={classes['reading'] ?? ''} value={100} animated aria-label={t('report.reading')} />
    );
  return (
    <>
      <style>{paper.style + PRINT_STYLE}</style>
      <div className={classes['paper']} dangerouslySetInnerHTML={{ __html: paper.markup }} />
    </>
  );
};
