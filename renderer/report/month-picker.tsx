import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { monthBefore } from '#shared/report/period.ts';
import { monthName } from '#shared/report/sheet.ts';
import { KEY_MAP } from '#renderer/app/keys.ts';
import { useLanguage } from '#renderer/app/use-words.ts';
import { byYear, monthAfter, type Month, type MonthCount } from './months.ts';
import classes from './report.module.css';

interface Props {
  readonly month: Month;
  /** The month it is; nothing comes after it. */
  readonly current: Month;
  readonly months: readonly MonthCount[];
  readonly onPick: (month: Month) => void;
}

/** ‹ January 2022 › and the list of months that have messages. */
export function MonthPicker({ month, current, months, onPick }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes['picker']}>
      <Tooltip
        label={
          <>
            {t('keys.previousMonth')} <kbd>{KEY_MAP.previousMonth.shown[0]}</kbd>
          </>
        }
      >
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('keys.previousMonth')}
          onClick={() => onPick(monthBefore(month))}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <MonthMenu month={month} months={months} onPick={onPick} />
      <Tooltip
        label={
          <>
            {t('keys.nextMonth')} <kbd>{KEY_MAP.nextMonth.shown[0]}</kbd>
          </>
        }
      >
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('keys.nextMonth')}
          disabled={month >= current}
          onClick={() => onPick(monthAfter(month))}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function MonthMenu({ month, months, onPick }: Omit<Props, 'current'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          className={classes['month'] ?? ''}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {monthName(`${month}-01`, language)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes['months'] ?? ''}>
        {months.length === 0 && <Menu.Label>{t('report.noMonths')}</Menu.Label>}
        {byYear(months).map(({ year, months: ofYear }) => (
          <Fragment key={year}>
            <Menu.Label>{year}</Menu.Label>
            {ofYear.map((one) => (
              <Menu.Item
                key={one.month}
                rightSection={<span className={classes['count']}>{one.count}</span>}
                onClick={() => onPick(one.month)}
              >
                {monthName(`${one.month}-01`, language)}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
