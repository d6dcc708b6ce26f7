import { Button, Group, Rating, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CLOSING_REASONS,
  INCIDENT_TYPES,
  OUTCOMES,
  type ClosingReason,
  type Incident,
  type IncidentType,
  type Outcome,
} from '#shared/domain/incident.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { AuthorsVerdict } from './authors-verdict.tsx';
import { SilenceNote } from './silence-note.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

interface ClosingPanelProps {
  readonly incident: Incident;
  readonly canClose: boolean;
}

interface OutcomeChoice {
  readonly type: IncidentType | null;
  readonly outcome: Outcome | null;
}

/** The outcome as chosen here, until somebody else sets another one: then theirs, to choose anew. */
function useOutcome({ type, outcome }: Incident) {
  const stands = JSON.stringify([type, outcome]);
  const [choice, setChoice] = useState<OutcomeChoice & { readonly over: string }>();
  const shown: OutcomeChoice = choice?.over === stands ? choice : { type, outcome };
  const change = (part: Partial<OutcomeChoice>): void => setChoice({ ...shown, ...part, over: stands });
  return {
    type: shown.type,
    outcome: shown.outcome,
    setType: (next: IncidentType | null) => change({ type: next }),
    setOutcome: (next: Outcome | null) => change({ outcome: next }),
  };
}

/** Result and closing: type and outcome first, then the reason to close. */
export const ClosingPanel = ({ incident, canClose }: ClosingPanelProps) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const { type, outcome, setType, setOutcome } = useOutcome(incident);
  const [reason, setReason] = useState<ClosingReason | null>(null);
  const [grade, setGrade] = useState(0);
  const needsOutcome = type !== incident.type || outcome !== incident.outcome;
  const saveOutcome = async (): Promise<boolean> =>
    type !== null &&
    outcome !== null &&
    (!needsOutcome || (await run(incident, { name: 'setOutcome', args: { type, outcome } })));
  const close = async (): Promise<void> => {
    if (reason === null || !(await saveOutcome())) return;
    const args = {
      reason,
      grade: reason === 'grade' && grade > 0 ? grade : null,
      seenMessages: incident.messages.length,
    };
    // The outcome it is closed with is the one just chosen here.
    if (await run({ ...incident, type, outcome }, { name: 'close', args })) tellDone(t('closing.done'));
  };
  return (
    <section className={styles['work']} aria-label={t('closing.title')}>
      <h2>{t('closing.title')}</h2>
      <AuthorsVerdict incident={incident} canClose={canClose} />
      <SilenceNote incident={incident} canHold={canClose} />
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            label={t('field.type')}
            data={INCIDENT_TYPES.map((incidentType) => ({
              value: incidentType,
              label: t(`type.${incidentType}`),
            }))}
            value={type}
            onChange={setType}
            allowDeselect={false}
          />
          <Select
            label={t('field.outcome')}
            data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
            value={outcome}
            onChange={setOutcome}
            allowDeselect={false}
          />
        </Group>
        {canClose && (
          <Select
            label={t('closing.reason')}
            data={CLOSING_REASONS.map((reason) => ({ value: reason, label: t(`closing.${reason}`) }))}
            value={reason}
            onChange={setReason}
            clearable
            clearButtonProps={{ 'aria-label': t('common.clear') }}
          />
        )}
        {canClose && reason === 'grade' && (
          <Group gap="sm">
            <Text size="sm">{t('closing.gradeGiven')}</Text>
            <Rating value={grade} onChange={setGrade} getSymbolLabel={(value) => String(value)} />
          </Group>
        )}
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={!needsOutcome || type === null || outcome === null}
            onClick={() => void saveOutcome().then((saved) => saved && tellDone(t('closing.outcomeSaved')))}
          >
            {t('closing.saveOutcome')}
          </Button>
          {canClose && (
            <Button
              disabled={
                reason === null || type === null || outcome === null || (reason === 'grade' && grade === 0)
              }
              onClick={() => void close()}
            >
              {t('closing.close')}
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  );
};
