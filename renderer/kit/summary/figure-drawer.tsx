import { Drawer, Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, municipalityName } from '#renderer/kit/context/reference.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { figureWords } from './figure-words.ts';
import classes from './report.module.css';
import { useBehind, type Behind } from './use-behind.ts';
import type { MadeReport } from './use-report.ts';

const LINE_HEIGHT = 93;

const Line = ({ row }: { readonly row: QueueRow }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const reference = useReference();
  const where = [row.group, municipalityName(reference, row.municipality)].filter((part) => part !== '');
  const end = [row.agency === null ? '' : agencyName(reference, row.agency), t(`step.${row.step}`)].filter(
    (part) => part !== '',
  );
  return (
    <Link href={`/incident/${row.id}`} className={classes['line'] ?? ''}>
      <span className={classes['about']}>
        <b>{row.number === null ? t('report.noNumber') : t('report.number', { number: row.number })}</b>
        <span>{when.full(row.createdAt)}</span>
        <span>{where.join(' · ')}</span>
      </span>
      <span className={classes['text']}>{row.text}</span>
      <span className={classes['end']}>{end.join(' · ')}</span>
    </Link>
  );
};

const Lines = ({ total, row }: { readonly total: number; readonly row: Behind['row'] }) => {
  // State, not a ref: the list is measured after the drawer's body is there.
  const [body, setBody] = useState<HTMLDivElement | null>(null);
  // The compiler leaves this component alone, which is all this rule asks for.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: total,
    getScrollElement: () => body,
    estimateSize: () => LINE_HEIGHT,
    overscan: 6,
  });
  return (
    <div ref={setBody} className={classes['lines']} data-count={total}>
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ key, index, start }) => {
          const incident = row(index);
          return (
            <li
              key={key}
              style={{ transform: `translateY(${start}px)`, height: LINE_HEIGHT }}
              aria-setsize={total}
              aria-posinset={index + 1}
            >
              {incident === undefined ? <Skeleton height={LINE_HEIGHT - 16} /> : <Line row={incident} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const Body = ({ figure, made, issue }: { readonly figure: string } & Pick<Props, 'made' | 'issue'>) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const { total, row } = useBehind(made, figure);
  const words = figureWords(figure, made.report, t, language);
  if (total === null) return null;
  return (
    <>
      <p className={classes['explain']}>
        <b>{t('report.incidents', { count: total })}</b>
        <span>{words.explanation}</span>
        {issue !== null && <span>{t('report.issue.nowBehind', { number: issue })}</span>}
      </p>
      {total === 0 ? (
        <p className={classes['nothing']}>{t('report.nothingBehind')}</p>
      ) : (
        <Lines total={total} row={row} />
      )}
    </>
  );
};

interface Props {
  readonly figure: string | null;
  readonly made: MadeReport;
  /** The issue the figure was printed in: incidents are those of today all the same. */
  readonly issue: number | null;
  readonly onClose: () => void;
}

/** Exactly the incidents one figure counts, oldest first. */
export function FigureDrawer({ figure, made, issue, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Drawer
      opened={figure !== null}
      onClose={onClose}
      position="right"
      size={560}
      transitionProps={{ duration: 0 }}
      title={figure === null ? '' : figureWords(figure, made.report, t, language).title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['drawerBody'] ?? '' }}
    >
      {figure !== null && <Body figure={figure} made={made} issue={issue} />}
    </Drawer>
  );
}
