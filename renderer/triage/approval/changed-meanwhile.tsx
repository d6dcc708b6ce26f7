import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { submissionOf, type Submission } from '#shared/domain/submission.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import card from '#renderer/triage/fields/card.module.css';

interface ChangedProps {
  readonly incident: Incident;
  /** The submission that stood on the screen before. */
  readonly before: Submission;
}

/** Says that another submission has come under the approver's eyes, whose it is, and what differs. */
export const ChangedMeanwhile = ({ incident, before }: ChangedProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const last = incident.history.findLast(({ event }) => event === 'reply_submitted');
  const by = personName(reference, last?.by ?? '');
  return (
    <div className={card['source']} role="status">
      <b>{t('approval.changed', { by, at: when.short(last?.at ?? incident.step.since, now) })}</b>
      <Diff before={before.text} after={submissionOf(incident).text} />
    </div>
  );
};
