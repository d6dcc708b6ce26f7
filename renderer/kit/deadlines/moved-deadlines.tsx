import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MovedDue, MovedDues } from '#shared/domain/moved-dues.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './moved-deadlines.module.css';

/** Says which open deadlines a change would move, before it is saved; each opens. */
export function MovedDeadlines({ moved }: { readonly moved: MovedDues | null }) {
  const { t } = useTranslation();
  if (moved === null) return <p className={classes['hint']}>{t('movedDeadlines.counting')}</p>;
  const { running, moved: count, late, first } = moved;
  return (
    <section className={classes['moved']} aria-label={t('movedDeadlines.title')}>
      <p role="status">
        {count === 0
          ? t('movedDeadlines.none', { count: running })
          : t('movedDeadlines.some', { count, running })}
        {late > 0 && <strong> {t('movedDeadlines.late', { count: late })}</strong>}
      </p>
      {first.length > 0 && (
        <ul tabIndex={0} aria-label={t('movedDeadlines.first')}>
          {first.map((one) => (
            <Line key={one.id} due={one} />
          ))}
        </ul>
      )}
      {count > first.length && (
        <p className={classes['hint']}>{t('movedDeadlines.more', { count: count - first.length })}</p>
      )}
      <p className={classes['hint']}>{t('movedDeadlines.past')}</p>
    </section>
  );
}

function Line({ due: { id, number, was, is } }: { readonly due: MovedDue }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const words = (at: number | null): string =>
    at === null ? t('movedDeadlines.noDue') : when.short(at, now);
  return (
    <li>
      <Link href={`/incident/${id}`}>{number === null ? t('movedDeadlines.noNumber') : `№ ${number}`}</Link>
      <span>
        {words(was)} <IconArrowRight size={13} aria-hidden />
        <span className={classes['unseen']}>{t('movedDeadlines.becomes')}</span> <b>{words(is)}</b>
      </span>
    </li>
  );
}
