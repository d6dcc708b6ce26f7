import { ActionIcon, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import {
  PERIOD_FORMS,
  periodAfter,
  periodAround,
  type PeriodForm,
  type ReportRequest,
} from '#shared/report/facts/period.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { MonthMenu } from './month-menu.tsx';
import type { MonthCount } from './months.ts';
import classes from './report.module.css';

interface Props {
  readonly request: ReportRequest;
  /** Today's date; no period begins after it. */
  readonly today: LocalDate;
  readonly months: readonly MonthCount[];
  readonly onPick: (request: ReportRequest) => void;
}

const plain = (form: PeriodForm, { from, to }: Pick<ReportRequest, 'from' | 'to'>): ReportRequest => ({
  form,
  from,
  to,
});

/** Moves a request by a number of periods; null when that period has not begun. */
export function steppedPeriod(
  request: ReportRequest,
  steps: number,
  zone: string,
  today: LocalDate,
): ReportRequest | null {
  const next = periodAfter(request.form, request, steps, zone);
  return next.from > today ? null : plain(request.form, next);
}

/** ‹ January 2022 › and what kind of period it is. */
export function PeriodPicker({ request, today, months, onPick }: Props) {
  const { t } = useTranslation();
  const { zone } = useReference();
  const pickForm = (form: PeriodForm): void =>
    onPick(form === 'custom' ? plain(form, request) : plain(form, periodAround(form, request.from, zone)));
  return (
    <div className={classes['picker']}>
      <Step request={request} today={today} steps={-1} onPick={onPick} />
      <Named request={request} months={months} onPick={onPick} />
      <Step request={request} today={today} steps={1} onPick={onPick} />
      <SegmentedControl
        aria-label={t('report.form.label')}
        value={request.form}
        onChange={(form) => pickForm(form as PeriodForm)}
        data={PERIOD_FORMS.map((form) => ({ value: form, label: t(`report.form.${form}`) }))}
      />
    </div>
  );
}

function Step({ request, today, steps, onPick }: Omit<Props, 'months'> & { readonly steps: 1 | -1 }) {
  const { t } = useTranslation();
  const { zone } = useReference();
  const key = steps === 1 ? 'nextPeriod' : 'previousPeriod';
  const next = steppedPeriod(request, steps, zone, today);
  const Icon = steps === 1 ? IconChevronRight : IconChevronLeft;
  return (
    <Tooltip
      label={
        <>
          {t(`keys.${key}`)} <kbd>{KEY_MAP[key].shown[0]}</kbd>
        </>
      }
    >
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t(`keys.${key}`)}
        disabled={next === null}
        onClick={() => next !== null && onPick(next)}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Named({ request, months, onPick }: Omit<Props, 'today'>) {
  const language = useLanguage();
  const { zone } = useReference();
  if (request.form === 'custom') return <Days request={request} onPick={onPick} />;
  if (request.form !== 'month')
    return <b className={classes['periodName']}>{periodName(request, language)}</b>;
  const pick = (month: string): void => onPick(plain('month', periodAround('month', `${month}-01`, zone)));
  return <MonthMenu month={request.from.slice(0, 7)} months={months} onPick={pick} />;
}

/** Two dates; one that comes before the other takes it along. */
function Days({ request, onPick }: Pick<Props, 'request' | 'onPick'>) {
  const { t } = useTranslation();
  const { from, to } = request;
  const day = (value: LocalDate, label: string, pick: (date: LocalDate) => ReportRequest) => (
    <TextInput
      type="date"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => currentTarget.value !== '' && onPick(pick(currentTarget.value))}
    />
  );
  return (
    <>
      {day(from, t('report.form.from'), (date) => ({
        form: 'custom',
        from: date,
        to: to < date ? date : to,
      }))}
      {day(to, t('report.form.to'), (date) => ({
        form: 'custom',
        from: from > date ? date : from,
        to: date,
      }))}
    </>
  );
}
