import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { useIncident, useSession } from '#renderer/app/console-context.tsx';
import { KEY_MAP } from '#renderer/app/keys.ts';
import { useKeys } from '#renderer/app/use-keys.ts';
import { commandsFor } from '#renderer/incident/commands-for.ts';
import { DeadlineBlock } from '#renderer/incident/deadline-block.tsx';
import { FactFields } from '#renderer/incident/fact-fields.tsx';
import { HeldByOther } from '#renderer/incident/held-by-other.tsx';
import { CardHead, MessageBlock } from '#renderer/incident/message-block.tsx';
import styles from './preview.module.css';
import { TriageCard } from './triage-card.tsx';
import type { Leaving } from './use-triage-actions.ts';

/** The card of a message somebody works on: what is known, and the way into it. */
const OverviewCard = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const open = (): void => goTo(`/incident/${incident.id}`);
  useKeys({ go: open });
  return (
    <>
      <div className={styles['body']} tabIndex={0} role="region" aria-label={t('card.label')}>
        <CardHead incident={incident} />
        <HeldByOther incident={incident} />
        <MessageBlock incident={incident} />
        <DeadlineBlock incident={incident} />
        <FactFields incident={incident} />
      </div>
      <div className={styles['actions']}>
        <Button onClick={open}>
          {t('action.open')}
          <kbd>{KEY_MAP.go.shown[0]}</kbd>
        </Button>
      </div>
    </>
  );
};

/** The chosen message at the right of the queue. */
export function Preview({ id, leaving }: { readonly id: string | null; readonly leaving: Leaving }) {
  const { t } = useTranslation();
  const { account } = useSession();
  const read = useIncident(id);
  // While the next one is being read the last one stays: no blink, no jump.
  const [last, setLast] = useState<Incident | null>(null);
  if (read !== undefined && read !== last) setLast(read);
  const incident = id === null ? null : read === undefined ? last : read;
  const canTriage =
    incident !== null &&
    TRIAGE_STEPS.has(incident.step.name) &&
    commandsFor(incident.step.name, account.role).has('route');
  return (
    <aside className={styles['card']} aria-label={t('queue.preview')}>
      {incident === null && <p className={styles['nothing']}>{t('queue.nothingChosen')}</p>}
      {incident !== null && canTriage && (
        <TriageCard key={incident.id} incident={incident} leaving={leaving} isWhole />
      )}
      {incident !== null && !canTriage && <OverviewCard key={incident.id} incident={incident} />}
    </aside>
  );
}
