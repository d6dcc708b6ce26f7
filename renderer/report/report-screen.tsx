import { Button, Menu, Progress } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearch } from 'wouter';
import { monthBefore } from '#shared/report/period.ts';
import { monthName } from '#shared/report/sheet.ts';
import { useConsole, useReference, useSession, useStatus } from '#renderer/app/console-context.tsx';
import { KEY_MAP } from '#renderer/app/keys.ts';
import { tellTrouble } from '#renderer/app/toasts.tsx';
import { useKeys } from '#renderer/app/use-keys.ts';
import { useNow } from '#renderer/app/use-now.ts';
import { useLanguage } from '#renderer/app/use-words.ts';
import { FigureDrawer } from './figure-drawer.tsx';
import { missingWords } from './missing.ts';
import { MonthPicker } from './month-picker.tsx';
import { MonthSheet } from './month-sheet.tsx';
import { isMonth, monthAfter, monthAt, openingMonth, type Month, type MonthCount } from './months.ts';
import classes from './report.module.css';
import { saveAsHtml, saveAsJson } from './save-month.ts';
import { useMonth, type MonthState } from './use-month.ts';
import { useMonths } from './use-months.ts';

/** The month on paper, every number of which opens its incidents. Address: `/reports/2022-01?figure=received`. */
export function ReportScreen() {
  const { '*': named } = useParams<{ '*'?: string }>();
  const { zone } = useReference();
  const months = useMonths();
  const current = monthAt(zone, useNow());
  if (isMonth(named)) return <MonthScreen month={named} current={current} months={months ?? []} />;
  return months === null ? null : (
    <MonthScreen month={openingMonth(months, current)} current={current} months={months} />
  );
}

interface Shown {
  readonly month: Month;
  readonly current: Month;
  readonly months: readonly MonthCount[];
}

function MonthScreen({ month, current, months }: Shown) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { host } = useConsole();
  const search = new URLSearchParams(useSearch());
  const shown = useMonth(month);
  const title = monthName(`${month}-01`, useLanguage());
  useEffect(() => {
    document.title = t('report.documentTitle', { month: title });
  }, [t, title]);
  const missing = missingWords(useStatus(), t);
  const pick = (next: Month): void => goTo(`/reports/${next}`);
  const showFigure = (figure: string | null): void =>
    goTo(`/reports/${month}${figure === null ? '' : `?figure=${encodeURIComponent(figure)}`}`, {
      replace: figure === null,
    });
  const print = (): void => {
    if (missing !== null) tellTrouble(missing, t('common.close'));
    else if (shown.state === 'ready') host.print();
  };
  useKeys({
    previousMonth: () => pick(monthBefore(month)),
    nextMonth: () => {
      if (month < current) pick(monthAfter(month));
    },
    print,
  });
  return (
    <div className={classes['screen']} data-incomplete={missing === null ? undefined : ''}>
      <div className={classes['bar']}>
        <MonthPicker month={month} current={current} months={months} onPick={pick} />
        <Actions shown={shown} isWhole={missing === null} onPrint={print} />
      </div>
      <Notes missing={missing} isCurrent={month === current} />
      <div className={classes['desk']}>
        <Sheet shown={shown} month={month} months={months} onFigure={showFigure} onPick={pick} />
      </div>
      {shown.state === 'ready' && (
        <FigureDrawer figure={search.get('figure')} month={shown} onClose={() => showFigure(null)} />
      )}
    </div>
  );
}

function Actions({
  shown,
  isWhole,
  onPrint,
}: {
  readonly shown: MonthState;
  readonly isWhole: boolean;
  readonly onPrint: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isOff = shown.state !== 'ready' || !isWhole;
  return (
    <div className={classes['actions']}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} disabled={isOff}>
            {t('report.save')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              if (shown.state === 'ready') void saveAsHtml(shown.report, language);
            }}
          >
            {t('report.asHtml')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              if (shown.state === 'ready') saveAsJson(shown.report);
            }}
          >
            {t('report.asJson')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={isOff} onClick={onPrint}>
        {t('report.print')} <kbd className={classes['cap']}>{KEY_MAP.print.shown.join('+')}</kbd>
      </Button>
    </div>
  );
}

function Notes({ missing, isCurrent }: { readonly missing: string | null; readonly isCurrent: boolean }) {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <>
      {missing !== null && (
        <p className={classes['missing']} role="status">
          {t('report.incomplete')} {missing}
        </p>
      )}
      {isCurrent && <p className={classes['note']}>{t('report.unfinished')}</p>}
      {account.role === 'executor' && <p className={classes['note']}>{t('report.onlyAgency')}</p>}
    </>
  );
}

interface SheetProps {
  readonly shown: MonthState;
  readonly month: Month;
  readonly months: readonly MonthCount[];
  readonly onFigure: (figure: string) => void;
  readonly onPick: (month: Month) => void;
}

function Sheet({ shown, month, months, onFigure, onPick }: SheetProps) {
  const { t } = useTranslation();
  if (shown.state === 'reading')
    return (
      <Progress
        className={classes['reading'] ?? ''}
        value={shown.share * 100}
        aria-label={t('report.reading')}
      />
    );
  const { report } = shown;
  if (report.received === 0 && report.flow.closed === 0)
    return <Empty month={month} months={months} onPick={onPick} />;
  return <MonthSheet report={report} onFigure={onFigure} />;
}

function Empty({ month, months, onPick }: Pick<SheetProps, 'month' | 'months' | 'onPick'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nearest = months.find((one) => one.month < month) ?? months.at(-1);
  return (
    <div className={classes['empty']}>
      <h1>{t('report.empty.title', { month: monthName(`${month}-01`, language) })}</h1>
      <p>{t('report.empty.explain')}</p>
      {nearest !== undefined && (
        <Button variant="light" onClick={() => onPick(nearest.month)}>
          {t('report.empty.open', { month: monthName(`${nearest.month}-01`, language) })}
        </Button>
      )}
    </div>
  );
}
