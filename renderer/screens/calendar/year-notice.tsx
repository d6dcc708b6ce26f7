import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import {
  hasProductionYear,
  PRODUCTION_YEARS,
  PROPOSED_YEARS,
  withProductionYear,
} from '#shared/domain/production-days.ts';
import classes from './calendar.module.css';

interface NoticeProps {
  readonly calendar: WorkingCalendar;
  readonly year: number;
  readonly onChange: (next: WorkingCalendar) => void;
}

/** Says that a year has no holidays yet, or that they are only proposed. */
export function YearNotice({ calendar, year, onChange }: NoticeProps) {
  const { t } = useTranslation();
  if (hasProductionYear(calendar, year))
    return PROPOSED_YEARS.has(year) ? (
      <Notice title={t('calendar.proposed.title', { year })}>{t('calendar.proposed.lead')}</Notice>
    ) : null;
  const isKnown = PRODUCTION_YEARS.includes(year);
  return (
    <Notice title={t('calendar.without.title', { year })}>
      {t(isKnown ? 'calendar.without.known' : 'calendar.without.unknown')}
      {isKnown && (
        <Button mt="xs" display="block" onClick={() => onChange(withProductionYear(calendar, year))}>
          {t('calendar.without.lay', { year })}
        </Button>
      )}
    </Notice>
  );
}

const Notice = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={classes['notice']}>
    <h2>{title}</h2>
    {children}
  </section>
);
