import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DEADLINE_STARTS, inPrecedence, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './deadlines.module.css';
import { filterWords, limitWords } from './policy-words.ts';

/** Deadlines by what they are counted from, those that win before those that lose; over ones at the end. */
export function PolicyList() {
  const { t } = useTranslation();
  const { policies } = useReference();
  const now = useNow();
  const isOver = ({ validTo }: DeadlinePolicy): boolean => validTo !== null && validTo <= now;
  const inForce = inPrecedence(policies.filter((policy) => !isOver(policy)));
  const over = inPrecedence(policies.filter(isOver));
  return (
    <>
      {DEADLINE_STARTS.map((start) => (
        <Shelf
          key={start}
          title={t(`deadlines.start.${start}`)}
          policies={inForce.filter((policy) => policy.start === start)}
          none={t(`deadlines.none.${start}`)}
        />
      ))}
      {over.length > 0 && <Shelf title={t('deadlines.over')} policies={over} none="" />}
    </>
  );
}

interface ShelfProps {
  readonly title: string;
  readonly policies: readonly DeadlinePolicy[];
  readonly none: string;
}

const Shelf = ({ title, policies, none }: ShelfProps) => (
  <section className={classes['shelf']}>
    <h2>{title}</h2>
    {policies.length === 0 ? (
      <p className={classes['hint']}>{none}</p>
    ) : (
      <ol className={classes['list']}>
        {policies.map((policy) => (
          <li key={policy.id}>
            <Row policy={policy} />
          </li>
        ))}
      </ol>
    )}
  </section>
);

function Row({ policy }: { readonly policy: DeadlinePolicy }) {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const when = useWhen();
  const now = useNow();
  const { validFrom, validTo, basis } = policy;
  const readers = { t, reference, language };
  const details = [
    filterWords(policy, readers) || t('deadlines.filter.all'),
    validFrom === null || validFrom <= now ? '' : t('directory.from', { day: when.date(validFrom, now) }),
    validTo === null ? '' : t('directory.until', { day: when.date(validTo - 1, now) }),
    basis ?? '',
  ];
  return (
    <Link href={`/deadlines/${policy.id}`}>
      <b>{policy.name}</b>
      <span className={classes['limit']}>{limitWords(policy, readers)}</span>
      <span className={classes['details']}>{details.filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
