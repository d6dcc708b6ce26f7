import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { monthName } from '#shared/report/paper/period-name.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { byYear, type Month, type MonthCount } from './months.ts';
import classes from './report.module.css';

interface Props {
  readonly month: Month;
  readonly months: readonly MonthCount[];
  readonly onPick: (month: Month) => void;
}

/** The months that have messages, to choose one. */
export function MonthMenu({ month, months, onPick }: Props) {
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
            {ofYear.map((entry) => (
              <Menu.Item
                key={entry.month}
                rightSection={<span className={classes['count']}>{entry.count}</span>}
                onClick={() => onPick(entry.month)}
              >
                {monthName(`${entry.month}-01`, language)}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
