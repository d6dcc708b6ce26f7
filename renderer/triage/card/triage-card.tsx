import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { DeadlineBlock } from '#renderer/triage/fields/deadline-block.tsx';
import { JoinDialog, useJoin } from '#renderer/triage/acts/join-question.tsx';
import { ReturnPath } from '#renderer/triage/fields/return-path.tsx';
import { RuledBecause } from '#renderer/triage/fields/ruled-because.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { OthersHere } from '#renderer/triage/presence/others-here.tsx';
import { HeldByOther } from '#renderer/triage/fields/held-by-other.tsx';
import { CardHead, MessageBlock } from '#renderer/triage/messages/message-block.tsx';
import { AgencyPicker, TopicPicker } from '#renderer/triage/fields/pickers.tsx';
import { PlaceDialog } from '#renderer/triage/acts/place-dialog.tsx';
import { RejectDialog } from '#renderer/triage/acts/reject-dialog.tsx';
import { TextDialog } from '#renderer/triage/acts/text-dialog.tsx';
import { CardField, CardOption } from './card-field.tsx';
import { guarded, type Guard } from './guard.ts';
import styles from './preview.module.css';
import { RouteButton } from './route-button.tsx';
import { TakenAway } from './taken-away.tsx';
import { DuplicatesField, PlaceField, RouteField, TopicField } from './triage-fields.tsx';
import { useTriage, type Field, type Triage } from './use-triage.ts';
import { useTriageActions, type Leaving } from './use-triage-actions.ts';

interface CardProps {
  readonly incident: Incident;
  readonly leaving: Leaving;
  /** True when the message stands here too, or already beside the card. */
  readonly isWhole: boolean;
  /** Check that stands between a key or a click and its action. */
  readonly guard: Guard;
  /** True when somebody has taken its row out of the list. */
  readonly isGone: boolean;
}

type Dialog = 'topic' | 'place' | 'agency' | 'reject' | 'note' | null;

/** The list behind each field. */
const LISTS: Readonly<Record<Field, Dialog>> = {
  topic: 'topic',
  place: 'place',
  duplicates: null,
  route: 'agency',
};

/** The n-th answer of the active field. */
function chooseNth(triage: Triage, index: number, merge: (row: Triage['similar'][number]) => void): void {
  const { field, suggestions, routes, similar, place, choose } = triage;
  const topic = suggestions.topics[index];
  const route = routes[index];
  const twin = similar[index];
  if (field === 'topic' && topic !== undefined)
    choose({ topic: { group: topic.group, topic: topic.topic }, field: 'place' });
  if (field === 'place' && index === 0) choose({ place, field: 'route' });
  if (field === 'duplicates' && twin !== undefined) merge(twin);
  if (field === 'route' && route !== undefined)
    choose({ addressee: { agency: route.agency, unit: route.unit ?? '' } });
}

/** The card of a message that waits for the centre's decision: every answer one key. */
export const TriageCard = ({ incident, leaving, isWhole, guard, isGone }: CardProps) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const [dialog, setDialog] = useState<Dialog>(null);
  const triage = useTriage(incident);
  const actions = useTriageActions(incident, triage, leaving);
  const { join, question } = useJoin((into) => {
    const row = triage.similar.find(({ id }) => id === into);
    if (row !== undefined) void actions.merge(row);
  });
  const close = (): void => setDialog(null);
  const again = (field: Field) => (): void =>
    triage.field === field && triage.isFieldChosen && LISTS[field] !== null
      ? setDialog(LISTS[field])
      : triage.choose({ field });
  const does = guarded(guard, {
    topic: again('topic'),
    place: again('place'),
    duplicates: again('duplicates'),
    route: again('route'),
    choose1: () => chooseNth(triage, 0, (row) => void join(row.id)),
    choose2: () => chooseNth(triage, 1, (row) => void join(row.id)),
    choose3: () => chooseNth(triage, 2, (row) => void join(row.id)),
    other: () => setDialog(LISTS[triage.field]),
    go: () => {
      // Without a suggestion there is only the list to choose from.
      if (triage.topic === null && triage.suggestions.topics.length === 0) setDialog('topic');
      else void actions.route();
    },
    reject: () => setDialog('reject'),
    note: () => setDialog('note'),
    claim: () => void actions.claim(),
    importance: () => void actions.toggleImportance(),
  });
  useKeys(does);
  return (
    <>
      <JoinDialog child={incident} {...question} />
      <div className={styles['body']} tabIndex={0} role="region" aria-label={t('card.label')}>
        {isWhole && <CardHead incident={incident} />}
        {isGone && <TakenAway incident={incident} />}
        <HeldByOther incident={incident} />
        <OthersHere incident={incident.id} />
        {isWhole && (
          <MessageBlock
            incident={incident}
            evidence={triage.suggestions.place.evidence.filter(({ isInferred }) => !isInferred)}
          />
        )}
        {isWhole && <DeadlineBlock incident={incident} />}
        {isWhole && <ReturnPath incident={incident} />}
        <TopicField incident={incident} triage={triage} onOther={() => setDialog('topic')} />
        <PlaceField incident={incident} triage={triage} onOther={() => setDialog('place')} />
        <DuplicatesField triage={triage} onMerge={(row) => guard(() => void join(row.id))} />
        <RouteField triage={triage} onOther={() => setDialog('agency')} />
        <CardField
          label={t('field.importance')}
          hotkey="importance"
          isActive={false}
          onActivate={does.importance}
        >
          <CardOption digit={null} isChosen={incident.importance === 'high'} onChoose={does.importance}>
            {t(`importance.${incident.importance}`)}
            {incident.ruled !== undefined && <RuledBecause by={incident.ruled} />}
          </CardOption>
        </CardField>
      </div>
      <div className={styles['actions']}>
        <RouteButton triage={triage} onRoute={does.go} />
        <Button variant="default" onClick={does.reject}>
          {t('action.reject')}
          <kbd>{KEY_MAP.reject.shown[0]}</kbd>
        </Button>
        <Button variant="default" onClick={does.claim}>
          {t(incident.holder === account.id ? 'action.release' : 'action.claim')}
          <kbd>{KEY_MAP.claim.shown[0]}</kbd>
        </Button>
      </div>
      <TopicPicker
        isOpen={dialog === 'topic'}
        onClose={close}
        at={incident.createdAt}
        onPick={(topic) => triage.choose({ topic, field: 'place' })}
      />
      <PlaceDialog
        isOpen={dialog === 'place'}
        onClose={close}
        place={triage.place}
        onSave={(place) => triage.choose({ place, field: 'route' })}
      />
      <AgencyPicker
        isOpen={dialog === 'agency'}
        onClose={close}
        onPick={(addressee) => triage.choose({ addressee, field: 'route' })}
      />
      <RejectDialog
        isOpen={dialog === 'reject'}
        onClose={close}
        draft={`${incident.id}.reject`}
        onReject={(reason, comment) => guard(() => void actions.reject(reason, comment))}
      />
      <TextDialog
        isOpen={dialog === 'note'}
        onClose={close}
        title={t('note.title')}
        label={t('note.label')}
        action={t('note.add')}
        draft={`${incident.id}.note`}
        attaching={{ incident: incident.id, label: t('note.files'), mayStandAlone: true }}
        onSend={actions.note}
      />
    </>
  );
};
