import { Button, Menu, Progress, SegmentedControl } from '@mantine/core';
import { IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { photosOfExamples } from '#shared/domain/example.ts';
import type { Pictures } from '#shared/domain/photo.ts';
import { periodAround, type ReportRequest } from '#shared/report/facts/period.ts';
import { monthName, periodName } from '#shared/report/paper/period-name.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { SHEET_SIZES, type SheetSize } from '#shared/report/paper/sheet.ts';
import { useReference, useSession, useStatus } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import { usePictures } from '#renderer/kit/photos/use-pictures.ts';
import { ChangesTable } from './changes-table.tsx';
import { FigureDrawer } from '#renderer/kit/summary/figure-drawer.tsx';
import { missingWords } from '#renderer/kit/summary/missing.ts';
import type { Month, MonthCount } from '#renderer/kit/summary/months.ts';
import { PeriodFrame, useChosenPeriod, type ChosenPeriod } from '#renderer/kit/summary/period-frame.tsx';
import { steppedPeriod } from '#renderer/kit/summary/period-picker.tsx';
import {
  addressOf,
  pathOf,
  PLAIN,
  placeAt,
  withCompared,
  type ReportPlace,
} from '#renderer/kit/summary/report-address.ts';
import { ReportSheet } from '#renderer/kit/summary/report-sheet.tsx';
import { ReportStrip } from './report-strip.tsx';
import classes from '#renderer/kit/summary/report.module.css';
import {
  fileName,
  saveAsDocx,
  saveAsHtml,
  saveAsJson,
  saveAsXlsx,
} from '#renderer/kit/summary/save-report.ts';
import { useIssueView, type IssueView } from './use-issue-view.ts';
import { useReader } from './use-issues.ts';
import { useReport } from '#renderer/kit/summary/use-report.ts';

/**
 * A summary on paper, every number of which opens its incidents. Address:
 * `/reports/2022-01?size=full&figure=received`; see report-address.ts for the rest of it.
 */
export function ReportScreen() {
  const { zone } = useReference();
  const search = useSearch();
  const chosen = useChosenPeriod();
  const plain = chosen?.request ?? null;
  const request = useMemo(
    () => (plain === null ? null : withCompared(plain, search, zone)),
    [plain, search, zone],
  );
  return chosen === null || request === null ? null : <Summary {...chosen} request={request} />;
}

function Summary({ request, today, months }: ChosenPeriod) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const printing = usePrint();
  const { zone } = useReference();
  const addressed = placeAt(useSearch());
  // Nothing is issued to an agency: an address somebody sent it shows its own summary.
  const place = useReader() === null ? { ...addressed, issue: null, isDiff: false } : addressed;
  const { size } = place;
  const made = useReport(request);
  const view = useIssueView(request, place, made);
  const title = periodName(request, useLanguage());
  useEffect(() => {
    document.title = t('report.documentTitle', { period: title });
  }, [t, title]);
  const missing = missingWords(useStatus(), t);
  // An issue is whole whatever this copy lacks.
  const unfit = view.frozen === null || place.isDiff ? missing : null;
  const goWith = (change: Partial<ReportPlace>, replace = false): void =>
    goTo(pathOf(request, { ...place, figure: null, ...change }), { replace });
  const pick = (next: ReportRequest | null): void => {
    if (next !== null) goTo(pathOf(next, { ...PLAIN, size }));
  };
  const shown = view.frozen?.report ?? (place.issue === null ? (made?.report ?? null) : null);
  const pictures = usePictures(photosOfExamples(shown?.examples ?? []));
  const print = (): void => {
    if (unfit !== null) tellTrouble(unfit, t('common.close'));
    else if (shown !== null) printing.print();
  };
  useKeys({
    previousPeriod: () => pick(steppedPeriod(request, -1, zone, today)),
    nextPeriod: () => pick(steppedPeriod(request, 1, zone, today)),
    print,
  });
  return (
    <PeriodFrame
      request={request}
      today={today}
      months={months}
      onPick={pick}
      missing={unfit === null ? null : `${t('report.incomplete')} ${unfit}`}
      actions={
        <Actions
          report={unfit === null ? shown : null}
          text={view.frozen?.text ?? null}
          size={size}
          pictures={pictures}
          onPrint={print}
        />
      }
      strip={
        <ReportStrip request={request} place={place} view={view} today={today}>
          <SegmentedControl
            size="xs"
            aria-label={t('report.size.label')}
            value={size}
            onChange={(next) => goWith({ size: next as SheetSize, isDiff: false }, true)}
            data={SHEET_SIZES.map((option) => ({ value: option, label: t(`report.size.${option}`) }))}
          />
        </ReportStrip>
      }
    >
      <Notes isCurrent={today >= request.from && today <= request.to} />
      <div key={place.isDiff ? 'changes' : 'sheet'} className={classes['desk']}>
        <Sheet
          request={request}
          report={shown}
          view={view}
          place={place}
          pictures={pictures}
          months={months}
          onFigure={(figure) => goWith({ figure })}
          onPick={(month) => pick({ form: 'month', ...daysOf(periodAround('month', `${month}-01`, zone)) })}
        />
      </div>
      {made !== null && (
        <FigureDrawer
          figure={place.figure}
          made={made}
          issue={place.issue}
          onClose={() => goWith({}, true)}
        />
      )}
    </PeriodFrame>
  );
}

const daysOf = ({ from, to }: Pick<ReportRequest, 'from' | 'to'>): Pick<ReportRequest, 'from' | 'to'> => ({
  from,
  to,
});

function Actions({
  report,
  text,
  size,
  pictures,
  onPrint,
}: {
  /** Null while there is nothing fit to be given away. */
  readonly report: PeriodReport | null;
  /** Of an issue. */
  readonly text: string | null;
  readonly size: SheetSize;
  readonly pictures: Pictures;
  readonly onPrint: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isOff = report === null;
  const [, goTo] = useLocation();
  const { savePdf } = usePrint();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} disabled={isOff}>
            {t('report.save')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {savePdf !== null && report !== null && (
            <Menu.Item onClick={() => savePdf(fileName(report, 'pdf'))}>{t('report.asPdf')}</Menu.Item>
          )}
          <Menu.Item
            onClick={() => {
              if (report !== null) void saveAsHtml(report, language, size, pictures);
            }}
          >
            {t('report.asHtml')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              if (report !== null) void saveAsDocx(report, language, pictures);
            }}
          >
            {t('report.asDocx')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              if (report !== null) saveAsXlsx(report, language);
            }}
          >
            {t('report.asXlsx')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              if (report !== null) saveAsJson(report, text);
            }}
          >
            {t('report.asJson')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            onClick={() =>
              report !== null && goTo(`/broadcast/${addressOf({ form: report.form, ...report.period })}`)
            }
          >
            {t('broadcast.open')}
          </Menu.Item>
          <Menu.Item
            onClick={() =>
              report !== null && goTo(`/ledger/${addressOf({ form: report.form, ...report.period })}`)
            }
          >
            {t('ledger.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {size === 'news' && <CopyNews />}
      <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={isOff} onClick={onPrint}>
        {t('report.print')} <kbd className={classes['cap']}>{KEY_MAP.print.shown.join('+')}</kbd>
      </Button>
    </>
  );
}

/** The draft as plain text, for a letter or the site's editor. */
function CopyNews() {
  const { t } = useTranslation();
  const copy = async (): Promise<void> => {
    const paragraphs = document.querySelectorAll<HTMLElement>('article.news > p');
    await navigator.clipboard.writeText([...paragraphs].map((paragraph) => paragraph.innerText).join('\n\n'));
    tellDone(t('report.copied'));
  };
  return (
    <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
      {t('report.copy')}
    </Button>
  );
}

function Notes({ isCurrent }: { readonly isCurrent: boolean }) {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <>
      {isCurrent && <p className={classes['note']}>{t('report.unfinished')}</p>}
      {account.role === 'executor' && <p className={classes['note']}>{t('report.onlyAgency')}</p>}
    </>
  );
}

interface SheetProps {
  readonly request: ReportRequest;
  readonly report: PeriodReport | null;
  readonly view: IssueView;
  readonly place: ReportPlace;
  readonly pictures: Pictures;
  readonly months: readonly MonthCount[];
  readonly onFigure: (figure: string) => void;
  readonly onPick: (month: Month) => void;
}

function Sheet({ request, report, view, place, pictures, months, onFigure, onPick }: SheetProps) {
  const { t } = useTranslation();
  if (view.state?.kind === 'trouble' && place.issue !== null) return null;
  if (place.isDiff && view.changes !== null) return <ChangesTable {...view.changes} onFigure={onFigure} />;
  if (report === null || place.isDiff)
    return (
      <Progress className={classes['reading'] ?? ''} value={100} animated aria-label={t('report.reading')} />
    );
  if (report.received === 0 && report.flow.closed === 0)
    return <Empty request={request} months={months} onPick={onPick} />;
  return <ReportSheet report={report} size={place.size} pictures={pictures} onFigure={onFigure} />;
}

function Empty({
  request,
  months,
  onPick,
}: Pick<SheetProps, 'months' | 'onPick'> & { readonly request: ReportRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nearest = months.find((month) => month.month < request.from) ?? months.at(-1);
  return (
    <div className={classes['empty']}>
      <h1>{t('report.empty.title', { period: periodName(request, language) })}</h1>
      <p>{t('report.empty.explain')}</p>
      {nearest !== undefined && (
        <Button variant="light" onClick={() => onPick(nearest.month)}>
          {t('report.empty.open', { month: monthName(`${nearest.month}-01`, language) })}
        </Button>
      )}
    </div>
  );
}
