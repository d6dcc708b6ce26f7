import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Role } from '#shared/domain/actor.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { useIncident, useSession } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP, keysOf } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { commandsFor } from '#renderer/triage/acts/commands-for.ts';
import { DeadlineBlock } from '#renderer/triage/fields/deadline-block.tsx';
import { DetailFields } from '#renderer/triage/fields/detail-fields.tsx';
import { HeldByOther } from '#renderer/triage/fields/held-by-other.tsx';
import { CardHead, MessageBlock } from '#renderer/triage/messages/message-block.tsx';
import { ApprovalCard, useFirstLook } from '#renderer/triage/approval/approval-card.tsx';
import { guarded, type Guard } from '#renderer/triage/card/guard.ts';
import styles from '#renderer/triage/card/preview.module.css';
import type { Selection } from '#renderer/triage/card/selection.ts';
import { TakenAway, useGuard } from '#renderer/triage/card/taken-away.tsx';
import { TriageCard } from '#renderer/triage/card/triage-card.tsx';
import type { Leaving } from '#renderer/triage/card/use-triage-actions.ts';

interface OverviewProps {
  readonly incident: Incident;
  readonly guard: Guard;
  readonly isGone: boolean;
}

/** The card of a message somebody works on: what is known, and the way into it. */
const OverviewCard = ({ incident, guard, isGone }: OverviewProps) => {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const open = (): void => goTo(`/incident/${incident.id}`);
  // The hand may still mean the card that stood here: its keys ask and then open, instead of falling through
  // to something else.
  const keys = isGone ? [...keysOf('card'), ...keysOf('approval'), 'go' as const] : ['go' as const];
  useKeys(guarded(guard, Object.fromEntries(keys.map((key) => [key, open]))));
  return (
    <>
      <div className={styles['body']} tabIndex={0} role="region" aria-label={t('card.label')}>
        <CardHead incident={incident} />
        {isGone && <TakenAway incident={incident} />}
        <HeldByOther incident={incident} />
        <MessageBlock incident={incident} />
        <DeadlineBlock incident={incident} />
        <DetailFields incident={incident} />
      </div>
      <div className={styles['actions']}>
        <Button onClick={() => guard(open)}>
          {t('action.open')}
          <kbd>{KEY_MAP.go.shown[0]}</kbd>
        </Button>
      </div>
    </>
  );
};

/** Tells what the chosen message asks of this person: sorting, an approval of its reply, or neither. */
function workOn({ step }: Incident, role: Role): 'triage' | 'approval' | 'none' {
  const allowed = commandsFor(step.name, role);
  if (TRIAGE_STEPS.has(step.name) && allowed.has('route')) return 'triage';
  return step.name === 'approval' && allowed.has('approve') ? 'approval' : 'none';
}

interface PreviewProps {
  readonly selection: Selection | null;
  readonly leaving: Leaving;
}

/** The chosen message at the right of the queue. */
export function Preview({ selection, leaving }: PreviewProps) {
  const { t } = useTranslation();
  const { account } = useSession();
  const read = useIncident(selection?.id ?? null);
  // While the next one is being read the last one stays: no blink, no jump. No key acts on it: it is not the
  // one that is chosen.
  const [last, setLast] = useState<Incident | null>(null);
  if (read !== undefined && read !== last) setLast(read);
  const incident = selection === null ? null : read === undefined ? last : read;
  const isGone = selection?.standing === 'gone';
  const { guard: ofRow, question } = useGuard(selection);
  const guard: Guard = (act) => {
    if (incident?.id === selection?.id) ofRow(act);
  };
  const before = useFirstLook(incident);
  const work = incident === null ? null : workOn(incident, account.role);
  return (
    <aside className={styles['card']} aria-label={t('queue.preview')}>
      {incident === null && (
        <div className={styles['nothing']}>
          {isGone ? <TakenAway incident={null} /> : t('queue.nothingChosen')}
        </div>
      )}
      {incident !== null && work === 'triage' && (
        <TriageCard
          key={incident.id}
          incident={incident}
          leaving={leaving}
          guard={guard}
          isGone={isGone}
          isWhole
        />
      )}
      {incident !== null && work === 'approval' && (
        <ApprovalCard
          key={incident.id}
          incident={incident}
          leaving={leaving}
          guard={guard}
          isGone={isGone}
          before={before}
        />
      )}
      {incident !== null && work === 'none' && (
        <OverviewCard key={incident.id} incident={incident} guard={guard} isGone={isGone} />
      )}
      {question(incident)}
    </aside>
  );
}
