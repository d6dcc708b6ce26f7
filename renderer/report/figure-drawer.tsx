import { Drawer } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { factsBehind } from '#shared/report/figure.ts';
import { useReference } from '#renderer/app/console-context.tsx';
import { agencyName, municipalityName } from '#renderer/app/reference.ts';
import { useLanguage, useWhen } from '#renderer/app/use-words.ts';
import { figureWords } from './figure-words.ts';
import type { MonthEntry } from './read-month.ts';
import classes from './report.module.css';
import type { MonthState } from './use-month.ts';

type Ready = Extract<MonthState, { readonly state: 'ready' }>;

const LINE_HEIGHT = 93;

const Line = ({ entry: { facts, brief } }: { readonly entry: MonthEntry }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const reference = useReference();
  const where = [facts.group, municipalityName(reference, facts.municipality)].filter((part) => part !== '');
  const end = [
    facts.agency === '' ? '' : agencyName(reference, facts.agency),
    t(`step.${facts.step}`),
  ].filter((part) => part !== '');
  return (
    <Link href={`/incident/${facts.id}`} className={classes['line'] ?? ''}>
      <span className={classes['about']}>
        <b>{brief.number === null ? t('report.noNumber') : t('report.number', { number: brief.number })}</b>
        <span>{when.full(brief.createdAt)}</span>
        <span>{where.join(' · ')}</span>
      </span>
      <span className={classes['text']}>{brief.text}</span>
      <span className={classes['end']}>{end.join(' · ')}</span>
    </Link>
  );
};

const Lines = ({ entries }: { readonly entries: readonly MonthEntry[] }) => {
  // State, not a ref: the list is measured after the drawer's body is there.
  const [body, setBody] = useState<HTMLDivElement | null>(null);
  // The compiler leaves this component alone, which is all this rule asks for.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => body,
    estimateSize: () => LINE_HEIGHT,
    overscan: 6,
  });
  return (
    <div ref={setBody} className={classes['lines']} data-count={entries.length}>
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ key, index, start }) => {
          const entry = entries[index];
          return (
            <li
              key={key}
              style={{ transform: `translateY(${start}px)`, height: LINE_HEIGHT }}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
            >
              {entry !== undefined && <Line entry={entry} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

/** Exactly the incidents one figure counts, oldest first. */
export function FigureDrawer({
  figure,
  month,
  onClose,
}: {
  readonly figure: string | null;
  readonly month: Ready;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { report, input, entries } = month;
  const behind = useMemo(
    () =>
      (figure === null ? [] : factsBehind(figure, input))
        .flatMap(({ id }) => entries.get(id) ?? [])
        .toSorted((a, b) => a.facts.createdAt - b.facts.createdAt),
    [figure, input, entries],
  );
  const words = figure === null ? null : figureWords(figure, report, t, language);
  return (
    <Drawer
      opened={figure !== null}
      onClose={onClose}
      position="right"
      size={560}
      transitionProps={{ duration: 0 }}
      title={words?.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['drawerBody'] ?? '' }}
    >
      <p className={classes['explain']}>
        <b>{t('report.incidents', { count: behind.length })}</b>
        <span>{words?.explanation}</span>
      </p>
      {behind.length === 0 ? (
        <p className={classes['nothing']}>{t('report.nothingBehind')}</p>
      ) : (
        <Lines entries={behind} />
      )}
    </Drawer>
  );
}
