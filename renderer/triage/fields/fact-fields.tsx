import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentAssignment, type Incident } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { placeWords } from '#renderer/triage/card/triage-fields.tsx';
import classes from './card.module.css';
import { topicLabel } from './pickers.tsx';

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes['field']}>
    <span className={classes['label']}>{label}</span>
    <div className={classes['plain']}>{children}</div>
  </div>
);

/** Known facts of an incident, for reading. Empty ones are left out. */
export const FactFields = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const { classification, place, importance, holder, step, outcome, type, promises, tags } = incident;
  const assignment = currentAssignment(incident);
  const where = placeWords(place, reference);
  const open = promises.filter(({ state }) => state === 'open');
  return (
    <>
      {classification !== null && (
        <Fact
          label={t('field.topic')}
        >{`${classification.group} · ${topicLabel(classification.topic)}`}</Fact>
      )}
      {where !== '' && <Fact label={t('field.place')}>{where}</Fact>}
      {assignment !== null && (
        <Fact label={t('field.addressee')}>
          {[agencyName(reference, assignment.agency), assignment.unit, when.short(assignment.at, now)]
            .filter(Boolean)
            .join(' · ')}
        </Fact>
      )}
      {step.name === 'deferred' && (
        <Fact label={t('field.until')}>{`${when.short(step.until, now)} · ${step.reason}`}</Fact>
      )}
      {step.name === 'returned' && (
        <Fact label={t('field.returned')}>{`${agencyName(reference, step.from)}: ${step.reason}`}</Fact>
      )}
      {step.name === 'rejected' && (
        <Fact label={t('field.rejected')}>
          {[t(`rejectReason.${step.reason}`), step.comment].filter(Boolean).join(' · ')}
        </Fact>
      )}
      {open.map((promise) => (
        <Fact
          key={promise.id}
          label={t('field.promise')}
        >{`${promise.phrase} · ${when.short(promise.due, now)}`}</Fact>
      ))}
      {outcome !== null && (
        <Fact label={t('field.outcome')}>
          {[t(`outcome.${outcome}`), type === null ? '' : t(`type.${type}`)].filter(Boolean).join(' · ')}
        </Fact>
      )}
      {importance === 'high' && <Fact label={t('field.importance')}>{t('importance.high')}</Fact>}
      {holder !== null && <Fact label={t('field.holder')}>{personName(reference, holder)}</Fact>}
      {tags.length > 0 && <Fact label={t('field.tags')}>{tags.join(', ')}</Fact>}
    </>
  );
};
