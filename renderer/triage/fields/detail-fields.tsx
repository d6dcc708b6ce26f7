import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentAssignment, type Incident } from '#shared/domain/incident.ts';
import { promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { usePromiseWords } from '#renderer/kit/words/use-promise-words.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { placeWords } from '#renderer/triage/card/triage-fields.tsx';
import classes from './card.module.css';
import { topicLabel } from './pickers.tsx';
import { RuledBecause } from './ruled-because.tsx';

const Detail = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes['field']}>
    <span className={classes['label']}>{label}</span>
    <div className={classes['plain']}>{children}</div>
  </div>
);

/** Details of an incident, for reading. Empty ones are left out. */
export const DetailFields = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const until = usePromiseWords();
  const { classification, place, importance, holder, step, outcome, type, promises, tags, ruled } = incident;
  const assignment = currentAssignment(incident);
  const where = placeWords(place, reference);
  const open = promises.filter(({ state }) => state === 'open');
  return (
    <>
      {classification !== null && (
        <Detail
          label={t('field.topic')}
        >{`${classification.group} · ${topicLabel(classification.topic)}`}</Detail>
      )}
      {where !== '' && <Detail label={t('field.place')}>{where}</Detail>}
      {assignment !== null && (
        <Detail label={t('field.addressee')}>
          {[agencyName(reference, assignment.agency), assignment.unit, when.short(assignment.at, now)]
            .filter(Boolean)
            .join(' · ')}
        </Detail>
      )}
      {step.name === 'deferred' && (
        <Detail label={t('field.until')}>{`${when.short(step.until, now)} · ${step.reason}`}</Detail>
      )}
      {step.name === 'returned' && (
        <Detail label={t('field.returned')}>{`${agencyName(reference, step.from)}: ${step.reason}`}</Detail>
      )}
      {step.name === 'rejected' && (
        <Detail label={t('field.rejected')}>
          {[t(`rejectReason.${step.reason}`), step.comment].filter(Boolean).join(' · ')}
        </Detail>
      )}
      {open.map((promise) => (
        <Detail
          key={promise.id}
          label={t('field.promise')}
        >{`${until(promise)} · ${t('promises.quote', { words: promiseQuote(incident, promise) })}`}</Detail>
      ))}
      {outcome !== null && (
        <Detail label={t('field.outcome')}>
          {[t(`outcome.${outcome}`), type === null ? '' : t(`type.${type}`)].filter(Boolean).join(' · ')}
        </Detail>
      )}
      {importance === 'high' && (
        <Detail label={t('field.importance')}>
          {t('importance.high')}
          {ruled !== undefined && <RuledBecause by={ruled} />}
        </Detail>
      )}
      {holder !== null && <Detail label={t('field.holder')}>{personName(reference, holder)}</Detail>}
      {tags.length > 0 && <Detail label={t('field.tags')}>{tags.join(', ')}</Detail>}
    </>
  );
};
