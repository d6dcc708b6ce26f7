import { ActionIcon, Button, Menu, Progress, Select, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconDownload, IconFileText } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { DIMENSIONS, type Dimension } from '#shared/report/facts/cut.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { useReference, useStatus } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { FigureDrawer } from '#renderer/kit/summary/figure-drawer.tsx';
import { dimensionValue } from '#renderer/kit/summary/figure-words.ts';
import { missingWords } from '#renderer/kit/summary/missing.ts';
import { PeriodFrame, useChosenPeriod, type ChosenPeriod } from '#renderer/kit/summary/period-frame.tsx';
import { steppedPeriod } from '#renderer/kit/summary/period-picker.tsx';
import { addressOf } from '#renderer/kit/summary/report-address.ts';
import report from '#renderer/kit/summary/report.module.css';
import { useReport } from '#renderer/kit/summary/use-report.ts';
import { axesAt, pivotQuery, withAxis, type Axes, type Pivot } from './pivot.ts';
import { PivotTable } from './pivot-table.tsx';
import classes from './pivot.module.css';
import { savePivotCsv, savePivotXlsx, type PivotNames } from './save-pivot.ts';
import { usePivot } from './use-pivot.ts';

/**
 * A period's messages by any two dimensions. Address: `/reports/pivot/2022-01?rows=group&columns=network`.
 */
export function PivotScreen() {
  const chosen = useChosenPeriod();
  return chosen === null ? null : <Breakdown {...chosen} />;
}

function Breakdown({ request, today, months }: ChosenPeriod) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [, goTo] = useLocation();
  const search = useSearch();
  const { zone } = useReference();
  const axes = axesAt(search);
  const made = useReport(request);
  const pivot = usePivot(request, axes, made);
  const missing = missingWords(useStatus(), t);
  const title = periodName(request, language);
  useEffect(() => {
    document.title = t('pivot.documentTitle', { period: title });
  }, [t, title]);
  const go = (
    next: ReportRequest | null,
    shown: Axes,
    figure: string | null = null,
    replace = false,
  ): void => {
    if (next !== null) goTo(`/reports/pivot/${addressOf(next)}${pivotQuery(shown, figure)}`, { replace });
  };
  const swap = (): void => go(request, { rows: axes.columns, columns: axes.rows });
  const toSummary = (): void => goTo(`/reports/${addressOf(request)}`);
  useKeys({
    previousPeriod: () => go(steppedPeriod(request, -1, zone, today), axes),
    nextPeriod: () => go(steppedPeriod(request, 1, zone, today), axes),
    swap,
    back: toSummary,
  });
  const names = made === null ? null : namesOf(axes, made.report, t, language);
  return (
    <PeriodFrame
      request={request}
      today={today}
      months={months}
      onPick={(next) => go(next, axes)}
      missing={missing === null ? null : `${t('pivot.incomplete')} ${missing}`}
      actions={
        <>
          <Save request={request} pivot={missing === null ? pivot : null} names={names} />
          <Button variant="default" leftSection={<IconFileText size={16} aria-hidden />} onClick={toSummary}>
            {t('pivot.toSummary')} <kbd className={report['cap']}>{KEY_MAP.back.shown[0]}</kbd>
          </Button>
        </>
      }
      strip={
        <div className={report['strip']}>
          <AxesPicker axes={axes} onPick={(next) => go(request, next, null, true)} onSwap={swap} />
        </div>
      }
    >
      <div className={classes['desk']}>
        <h1>{t('pivot.title', { period: title })}</h1>
        {pivot === null || names === null ? (
          <Progress value={100} animated aria-label={t('report.reading')} />
        ) : pivot.total === 0 ? (
          <p className={classes['empty']}>{t('pivot.empty')}</p>
        ) : (
          <PivotTable pivot={pivot} names={names} onFigure={(figure) => go(request, axes, figure)} />
        )}
      </div>
      {made !== null && (
        <FigureDrawer
          figure={new URLSearchParams(search).get('figure')}
          made={made}
          issue={null}
          onClose={() => go(request, axes, null, true)}
        />
      )}
    </PeriodFrame>
  );
}

type T = ReturnType<typeof useTranslation>['t'];

function namesOf(
  { rows, columns }: Axes,
  summary: PeriodReport,
  t: T,
  language: ReturnType<typeof useLanguage>,
): PivotNames {
  const name = (dimension: Dimension) => (line: { readonly value: string }) =>
    dimensionValue(dimension, line.value, summary, t, language);
  return {
    corner: `${t(`pivot.dimension.${rows}`)} \\ ${t(`pivot.dimension.${columns}`)}`,
    total: t('pivot.total'),
    sheet: t('nav.pivot'),
    down: name(rows),
    across: name(columns),
  };
}

function AxesPicker({
  axes,
  onPick,
  onSwap,
}: {
  readonly axes: Axes;
  readonly onPick: (axes: Axes) => void;
  readonly onSwap: () => void;
}) {
  const { t } = useTranslation();
  const data = DIMENSIONS.map((value) => ({ value, label: t(`pivot.dimension.${value}`) }));
  const select = (axis: keyof Axes) => (
    <label className={classes['axis']}>
      <span>{t(`pivot.${axis}`)}</span>
      <Select
        size="xs"
        aria-label={t(`pivot.${axis}`)}
        allowDeselect={false}
        data={data}
        value={axes[axis]}
        onChange={(value) => {
          const dimension = DIMENSIONS.find((known) => known === value);
          if (dimension !== undefined) onPick(withAxis(axes, axis, dimension));
        }}
      />
    </label>
  );
  return (
    <>
      {select('rows')}
      <Tooltip
        label={
          <>
            {t('keys.swap')} <kbd>{KEY_MAP.swap.shown[0]}</kbd>
          </>
        }
      >
        <ActionIcon variant="default" size="md" aria-label={t('keys.swap')} onClick={onSwap}>
          <IconArrowsExchange size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {select('columns')}
    </>
  );
}

function Save({
  request,
  pivot,
  names,
}: {
  readonly request: ReportRequest;
  readonly pivot: Pivot | null;
  readonly names: PivotNames | null;
}) {
  const { t } = useTranslation();
  const isOff = pivot === null || names === null || pivot.total === 0;
  const save = (write: typeof savePivotCsv): void => {
    if (pivot !== null && names !== null)
      write(`pult-${addressOf(request)}-${pivot.rows}-${pivot.columns}`, pivot, names);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} disabled={isOff}>
          {t('report.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(savePivotXlsx)}>{t('report.asXlsx')}</Menu.Item>
        <Menu.Item onClick={() => save(savePivotCsv)}>{t('pivot.asCsv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
