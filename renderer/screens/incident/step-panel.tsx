import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IncidentCommandName } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { submissionMark, submissionOf } from '#shared/domain/submission.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { currentAgency } from '#shared/domain/incident.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { ApprovalPanel } from './approval-panel.tsx';
import { ClosingPanel } from './closing-panel.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { PublicationPanel } from './publication-panel.tsx';
import { ReplyEditor } from './reply-editor.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

/** The incident waits for the agency to take it, or for its day to come. */
const WaitingPanel = ({ incident, canTake }: { readonly incident: Incident; readonly canTake: boolean }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const run = useIncidentCommand();
  const { step } = incident;
  const words =
    step.name === 'deferred'
      ? t('waiting.deferred', { until: when.short(step.until, now), reason: step.reason })
      : t('waiting.assigned', { agency: agencyName(reference, currentAgency(incident) ?? '') });
  return (
    <section className={styles['work']}>
      <h2>{words}</h2>
      {canTake && (
        <Button onClick={() => void run(incident, { name: 'takeToWork', args: {} })}>
          {t('action.takeToWork')}
        </Button>
      )}
    </section>
  );
};

/** The work that the present step asks of this person; empty when it is another person's turn. */
export const StepPanel = ({
  incident,
  allowed,
}: {
  readonly incident: Incident;
  readonly allowed: ReadonlySet<IncidentCommandName>;
}) => {
  const { t } = useTranslation();
  switch (incident.step.name) {
    case 'assigned':
    case 'deferred':
      return <WaitingPanel incident={incident} canTake={allowed.has('takeToWork')} />;
    case 'in_progress':
      return allowed.has('draftReply') ? <ReplyEditor incident={incident} /> : null;
    case 'approval':
      return allowed.has('approve') ? (
        <ApprovalPanel key={submissionMark(submissionOf(incident))} incident={incident} />
      ) : (
        <section className={styles['work']}>{t('waiting.approval')}</section>
      );
    case 'publishing':
      return allowed.has('recordPublication') ? (
        <PublicationPanel incident={incident} />
      ) : (
        <section className={styles['work']}>{t('waiting.publishing')}</section>
      );
    case 'satisfaction':
      return allowed.has('setOutcome') ? (
        <ClosingPanel key={incident.version} incident={incident} canClose={allowed.has('close')} />
      ) : null;
    case 'new':
    case 'returned':
    case 'reopened':
    case 'done':
    case 'rejected':
    case 'merged':
      return null;
  }
};
