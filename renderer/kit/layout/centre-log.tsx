import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CentreData } from '#renderer/kit/api/use-centre-query.ts';
import classes from './administration.module.css';

interface Props<T> {
  readonly log: CentreData<T>;
  /** Sentence for when the centre cannot be reached and nothing was read before. */
  readonly offline: string;
  /** Sentence for a log without entries. */
  readonly empty: string;
  readonly isEmpty: (value: T) => boolean;
  readonly children: (value: T) => ReactNode;
}

/** A log that is read from the centre when it is opened, or the sentence that stands in its place. */
export function CentreLog<T>({ log: { error, value, isLive }, offline, empty, isEmpty, children }: Props<T>) {
  const { t } = useTranslation();
  if (error !== null) return <p className={classes['bad']}>{t(`error.${error}`)}</p>;
  if (value === null)
    return isLive ? (
      <Loader mt="sm" size="sm" role="status" aria-label={t('centre.reading')} />
    ) : (
      <p className={classes['hint']}>{offline}</p>
    );
  if (isEmpty(value)) return <p className={classes['hint']}>{empty}</p>;
  return children(value);
}
