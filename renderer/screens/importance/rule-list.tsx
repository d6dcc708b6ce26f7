import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { inWinningOrder, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './importance.module.css';
import { conditionWords } from './rule-words.ts';

/** Rules, those that win before those that lose; over ones at the end. */
export function RuleList() {
  const { t } = useTranslation();
  const { importanceRules } = useReference();
  const now = useNow();
  const isOver = ({ validTo }: ImportanceRule): boolean => validTo !== null && validTo <= now;
  const inForce = inWinningOrder(importanceRules.filter((rule) => !isOver(rule)));
  const over = inWinningOrder(importanceRules.filter(isOver));
  return (
    <>
      <Shelf title={t('importanceRules.inForce')} rules={inForce} none={t('importanceRules.noneInForce')} />
      {over.length > 0 && <Shelf title={t('deadlines.over')} rules={over} none="" />}
    </>
  );
}

interface ShelfProps {
  readonly title: string;
  readonly rules: readonly ImportanceRule[];
  readonly none: string;
}

const Shelf = ({ title, rules, none }: ShelfProps) => (
  <section className={classes['shelf']}>
    <h2>{title}</h2>
    {rules.length === 0 ? (
      <p className={classes['hint']}>{none}</p>
    ) : (
      <ol className={classes['list']}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <Row rule={rule} />
          </li>
        ))}
      </ol>
    )}
  </section>
);

function Row({ rule }: { readonly rule: ImportanceRule }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { id, name, importance, validFrom, validTo } = rule;
  const details = [
    conditionWords(rule, t),
    t('directory.from', { day: when.date(validFrom, now) }),
    validTo === null ? '' : t('directory.until', { day: when.date(validTo - 1, now) }),
  ];
  return (
    <Link href={`/importance/${id}`}>
      <b>{name}</b>
      <span>{t(`importance.${importance}`)}</span>
      <span className={classes['details']}>{details.filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
