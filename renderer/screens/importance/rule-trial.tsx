import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { ImportanceTrial, TriedImportance } from '#shared/domain/importance-trial.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import directory from '#renderer/kit/layout/directory.module.css';
import { lastMonth } from '#renderer/kit/words/last-month.ts';
import { ruledWords } from '#renderer/triage/fields/ruled-words.ts';
import classes from './importance.module.css';

/** Conditions and result: what a trial depends on. */
const triedOf = ({ importance, words, topic, group, count }: ImportanceRule) => ({
  importance,
  words,
  topic,
  group,
  count,
});

interface Tried {
  readonly rule: ImportanceRule;
  /** Null while it is counted. */
  readonly trial: ImportanceTrial | null;
}

/** Tries a rule on the messages of last month; null: there is nothing to try yet. */
export function RuleTrial({ rule }: { readonly rule: ImportanceRule | null }) {
  const { t } = useTranslation();
  const store = useStore();
  const { zone, importanceRules: rules } = useReference();
  const centreTime = useCentreTime();
  const [tried, setTried] = useState<Tried | null>(null);
  const run = async (draft: ImportanceRule): Promise<void> => {
    setTried({ rule: draft, trial: null });
    const { start, end } = lastMonth(zone, centreTime());
    setTried({ rule: draft, trial: await store.importanceTrial({ draft, rules }, start, end) });
  };
  const isOfNow = tried !== null && rule !== null && sameJson(triedOf(tried.rule), triedOf(rule));
  return (
    <FieldGroup title={t('importanceRules.trial.title')}>
      <div style={WIDE}>
        {!isOfNow && <p className={directory['hint']}>{t('importanceRules.trial.hint')}</p>}
        <Button
          variant="default"
          mt="xs"
          mb="xs"
          disabled={rule === null}
          onClick={() => rule !== null && void run(rule)}
        >
          {t('importanceRules.trial.run')}
        </Button>
        {isOfNow && <Outcome trial={tried.trial} />}
      </div>
    </FieldGroup>
  );
}

function Outcome({ trial }: { readonly trial: ImportanceTrial | null }) {
  const { t } = useTranslation();
  if (trial === null)
    return <Loader size="sm" role="status" aria-label={t('importanceRules.trial.running')} />;
  const { total, raised, lowered, chosen, first } = trial;
  const more = raised + lowered - first.length;
  return (
    <section className={classes['trial']} aria-label={t('importanceRules.trial.title')}>
      <p role="status">
        <b>
          {total === 0
            ? t('importanceRules.trial.noMessages')
            : t('importanceRules.trial.raised', { count: raised, total })}
        </b>
        {lowered > 0 && ` ${t('importanceRules.trial.lowered', { count: lowered })}`}
        {chosen > 0 && ` ${t('importanceRules.trial.chosen', { count: chosen })}`}
      </p>
      {first.length > 0 && (
        <ul tabIndex={0} aria-label={t('importanceRules.trial.list')}>
          {first.map((one) => (
            <Line key={one.id} tried={one} />
          ))}
        </ul>
      )}
      {more > 0 && <p className={directory['hint']}>{t('movedDeadlines.more', { count: more })}</p>}
    </section>
  );
}

function Line({ tried: { id, number, is, by } }: { readonly tried: TriedImportance }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link href={`/incident/${id}`}>
        {number === null ? t('card.noNumber') : t('card.number', { number })}
      </Link>
      <span>{is === 'high' && by !== null ? ruledWords(by, t) : t(`importance.${is}`)}</span>
    </li>
  );
}
