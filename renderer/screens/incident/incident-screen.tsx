import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { useIncident, useSession } from '#renderer/kit/context/console-context.tsx';
import { CardPart } from '#renderer/kit/layout/card-part.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { SendingState } from '#renderer/triage/sending/sending-state.tsx';
import { unguarded } from '#renderer/triage/card/guard.ts';
import { TriageCard } from '#renderer/triage/card/triage-card.tsx';
import classes from '#renderer/triage/fields/card.module.css';
import { commandsFor } from '#renderer/triage/acts/commands-for.ts';
import { Conversation } from './conversation.tsx';
import { DeadlineBlock } from '#renderer/triage/fields/deadline-block.tsx';
import { DetailFields } from '#renderer/triage/fields/detail-fields.tsx';
import { HeldByOther } from '#renderer/triage/fields/held-by-other.tsx';
import { ReturnPath } from '#renderer/triage/fields/return-path.tsx';
import { History } from '#renderer/triage/messages/history.tsx';
import { IncidentActions } from './incident-actions.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { Continues } from './continues.tsx';
import { JoinedMessages } from './joined-messages.tsx';
import { KeptDrafts } from './kept-draft.tsx';
import { OthersHere } from '#renderer/triage/presence/others-here.tsx';
import { MessageBlock } from '#renderer/triage/messages/message-block.tsx';
import { PromiseList } from './promise-list.tsx';
import { REPLY_FIELD } from './reply-editor.tsx';
import { StepPanel } from './step-panel.tsx';
import { useJoined } from '#renderer/triage/acts/use-joined.ts';

/** Goes back to the lane that was open before, or to the new messages. */
function useBack(): () => void {
  const [, goTo] = useLocation();
  return () => (window.history.length > 1 ? window.history.back() : goTo('/queue/new'));
}

interface PastProps {
  readonly incident: Incident;
  readonly joined: readonly Incident[];
}

const MergedInto = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const target = useIncident(incident.step.name === 'merged' ? incident.step.into : null);
  if (incident.step.name !== 'merged') return null;
  return (
    <p>
      <Link href={`/incident/${incident.step.into}`}>
        {t('incident.mergedInto', { number: target?.number ?? '' })}
      </Link>
    </p>
  );
};

const Side = ({ incident, joined, canTriage }: PastProps & { readonly canTriage: boolean }) => {
  const { t } = useTranslation();
  const back = useBack();
  return (
    <aside className={styles['side']} aria-label={t('incident.about')}>
      {canTriage ? (
        <TriageCard
          incident={incident}
          leaving={{ onLeaving: () => undefined, onLeft: back, onReleasing: () => undefined }}
          guard={unguarded}
          isGone={false}
          isWhole={false}
        />
      ) : (
        <div className={styles['sideBody']} tabIndex={0} role="region" aria-label={t('incident.history')}>
          <CardPart of={incident}>
            <DetailFields incident={incident} />
          </CardPart>
          <Past incident={incident} joined={joined} />
        </div>
      )}
    </aside>
  );
};

const Past = ({ incident, joined }: PastProps) => {
  const { t } = useTranslation();
  return (
    <section className={styles['past']}>
      <h2>{t('incident.history')}</h2>
      <CardPart of={incident}>
        <History incident={incident} joined={joined} />
      </CardPart>
    </section>
  );
};

const Whole = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const back = useBack();
  const joined = useJoined(incident.id);
  const { step, number, source } = incident;
  const allowed = commandsFor(step.name, account.role);
  const canTriage = TRIAGE_STEPS.has(step.name) && allowed.has('route');
  useKeys({ back, reply: () => document.getElementById(REPLY_FIELD)?.focus() });
  const title = number === null ? t('card.noNumber') : t('card.number', { number });
  useEffect(() => {
    document.title = t('incident.documentTitle', { title });
  }, [t, title]);
  return (
    <div className={styles['screen']}>
      <section className={styles['main']}>
        <header className={styles['bar']}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={back}
          >
            {t('common.back')}
          </Button>
          <h1>{title}</h1>
          <span>{`${t(`network.${source.network}`)}, ${t(`messageKind.${source.kind}`)}`}</span>
          <span className={classes['step']}>{t(`step.${step.name}`)}</span>
          <span className={styles['spacer']} />
          <IncidentActions incident={incident} allowed={allowed} hasOwnKeys={canTriage} />
        </header>
        <div className={styles['talk']} tabIndex={0} role="region" aria-label={t('incident.talk')}>
          <div className={styles['column']}>
            <Continues incident={incident} />
            {!canTriage && <HeldByOther incident={incident} />}
            {!canTriage && <OthersHere incident={incident.id} />}
            <CardPart of={incident}>
              <MessageBlock incident={incident} />
            </CardPart>
            <CardPart of={incident}>
              <DeadlineBlock incident={incident} />
            </CardPart>
            <CardPart of={incident}>
              <ReturnPath incident={incident} />
            </CardPart>
            <MergedInto incident={incident} />
            <CardPart of={incident}>
              <JoinedMessages incident={incident} joined={joined} />
            </CardPart>
            <CardPart of={incident}>
              <Conversation
                incident={incident}
                hidesOpen={allowed.has('draftReply') || allowed.has('approve')}
              />
            </CardPart>
            <CardPart of={incident}>
              <PromiseList incident={incident} canEdit={allowed.has('editPromise')} />
            </CardPart>
            {allowed.has('note') && account.role !== 'executor' && <SendingState incident={incident} />}
            <CardPart of={incident}>
              <StepPanel incident={incident} allowed={allowed} />
            </CardPart>
            <CardPart of={incident}>
              <KeptDrafts incident={incident} allowed={allowed} />
            </CardPart>
            {canTriage && <Past incident={incident} joined={joined} />}
          </div>
        </div>
      </section>
      <Side incident={incident} joined={joined} canTriage={canTriage} />
    </div>
  );
};

/** The full card: the talk, what the step asks for, the fields and the whole history. */
export function IncidentScreen() {
  const { t } = useTranslation();
  const { id } = useParams<{ id: string }>();
  const incident = useIncident(id ?? null);
  if (incident === undefined) return null;
  if (incident === null) {
    return (
      <div className={styles['missing']}>
        <p>{t('incident.missing')}</p>
        <Link href="/queue/new">{t('incident.toQueue')}</Link>
      </div>
    );
  }
  return <Whole key={incident.id} incident={incident} />;
}
