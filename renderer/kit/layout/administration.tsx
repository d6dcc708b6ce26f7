import { Alert, Loader } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './administration.module.css';
import { Column } from './column.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import type { CentreData } from '#renderer/kit/api/use-centre-query.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { Warning } from './warning.tsx';

interface AdministrationProps {
  readonly title: string;
  readonly documentTitle: string;
  /** Sentence for everybody else. */
  readonly mayNot: string;
  /** Pixels at most; what is a wide table says so. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A screen of the administrator's. */
export const Administration = ({
  title,
  documentTitle,
  mayNot,
  width = 960,
  children,
}: AdministrationProps) => {
  const { account } = useSession();
  useEffect(() => {
    document.title = documentTitle;
  }, [documentTitle]);
  return (
    <Column width={width}>
      {account.role === 'administrator' ? (
        children
      ) : (
        <>
          <h1>{title}</h1>
          <p className={classes['hint']}>{mayNot}</p>
        </>
      )}
    </Column>
  );
};

/** The screen's name, and what is done on it. */
export const Head = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className={classes['head']}>
    <h1>{title}</h1>
    {children}
  </div>
);

interface FreshnessProps {
  readonly data: CentreData<unknown>;
  /** Sentence for when the centre cannot be reached and no copy was read before. */
  readonly nothing: string;
  /** Sentence for when an older copy is shown, with its moment. */
  readonly kept: (at: string) => string;
  readonly unread: string;
}

/** Says how far a list can be trusted whenever it is not fresh. */
export function Freshness({ data, nothing, kept, unread }: FreshnessProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { isLive, value, error, readAt } = data;
  if (!isLive)
    return (
      <Warning title={t('centre.away')} mb="sm">
        {readAt === null ? nothing : kept(when.short(readAt, now))}
      </Warning>
    );
  if (error !== null)
    return (
      <Alert color="red" title={unread} mb="sm">
        {t(`error.${error}`)}
      </Alert>
    );
  return value === null ? <Loader size="sm" role="status" aria-label={t('centre.reading')} /> : null;
}

interface LessonProps {
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly string[];
  readonly children?: ReactNode;
}

/** Nothing here yet: what it gives, and the way to it. */
export const Lesson = ({ title, lead, steps, children }: LessonProps) => (
  <section className={classes['part']}>
    <h2>{title}</h2>
    <p className={classes['hint']}>{lead}</p>
    {children}
    <ol className={classes['steps']}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  </section>
);
