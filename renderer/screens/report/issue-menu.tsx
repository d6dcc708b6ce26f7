import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconRubberStamp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { issueName } from '#shared/report/paper/issue-mark.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/kit/summary/report.module.css';
import { useMayIssue, type Issues } from './use-issues.ts';

interface Props {
  readonly issues: Issues;
  /** Number of the issue on the screen. */
  readonly shown: number | null;
  readonly onIssue: () => void;
  readonly onPick: (number: number | null) => void;
}

/** Menu of the issues of the period, and issuing. */
export function IssueMenu({ issues: { issues, isFresh }, shown, onIssue, onPick }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone } = useReference();
  const mayIssue = useMayIssue();
  const count = issues?.length ?? 0;
  const isKnown = issues !== null || isFresh;
  return (
    <>
      <Menu position="bottom-start" width={380}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {isKnown
              ? count === 0
                ? t('report.issue.none')
                : t('report.issue.count', { count })
              : t('report.issue.unknown')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes['months'] ?? ''}>
          {!isFresh && <Menu.Label>{t('report.issue.onlySeen')}</Menu.Label>}
          {count === 0 && (
            <Menu.Label className={classes['hint'] ?? ''}>{t('report.issue.teach')}</Menu.Label>
          )}
          {shown !== null && (
            <Menu.Item onClick={() => onPick(null)}>{t('report.issue.backToNow')}</Menu.Item>
          )}
          {issues?.map((issue) => (
            <Menu.Item
              key={issue.number}
              aria-current={issue.number === shown ? 'true' : undefined}
              onClick={() => onPick(issue.number)}
            >
              <b className={classes['issueName']}>{issueName(issue, zone, language)}</b>
              <span className={classes['issueWho']}>
                {[issue.by, issue.remark].filter((part) => part !== '').join(' · ')}
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {mayIssue && (
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconRubberStamp size={16} aria-hidden />}
          onClick={onIssue}
        >
          {t('report.issue.issueDots')} <kbd className={classes['cap']}>{KEY_MAP.issue.shown[0]}</kbd>
        </Button>
      )}
    </>
  );
}
