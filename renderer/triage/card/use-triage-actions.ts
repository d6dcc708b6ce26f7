import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { withAttachments, type Attachment } from '#shared/domain/attachment.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { RejectReason } from '#shared/domain/step.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { tellHint } from '#renderer/kit/toasts/toasts.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import type { Field, Triage } from './use-triage.ts';

/** The commands behind one Enter: only what differs from what the incident says already. */
export function routingCommandsFor(
  incident: Incident,
  { topic, place, addressee }: Pick<Triage, 'topic' | 'place' | 'addressee'>,
): readonly IncidentCommand[] {
  const commands: IncidentCommand[] = [];
  if (topic !== null && topic.topic !== incident.classification?.topic) {
    commands.push({ name: 'classify', args: { ...topic, from: incident.classification?.topic ?? '' } });
  }
  if (JSON.stringify(place) !== JSON.stringify(incident.place))
    commands.push({ name: 'place', args: { place, from: incident.place } });
  if (addressee !== null)
    commands.push({ name: 'route', args: { ...addressee, from: currentAgency(incident) ?? '', reason: '' } });
  return commands;
}

/**
 * Told about an incident leaving its lane by this person's hand, before (the list may change before the
 * answer comes) and after.
 */
export interface Leaving {
  readonly onLeaving: (isExpected: boolean) => void;
  readonly onLeft: () => void;
  /** The message is about to be nobody's again: it leaves the lane of one's own. */
  readonly onReleasing: () => void;
}

/** Commands after which the incident leaves its lane: counted, told, and with a way back. */
function useLastCommands(incident: Incident, { forget }: Triage, { onLeaving, onLeft }: Leaving) {
  const act = useAct();
  return async (commands: IncidentCommand | readonly IncidentCommand[], what: string): Promise<void> => {
    onLeaving(true);
    if (!(await act(incident, commands, what, true))) {
      onLeaving(false);
      return;
    }
    onLeft();
    forget();
  };
}

/** Sends the message where the card says, or points at what the card does not say yet. */
function useRoute(incident: Incident, triage: Triage, actLast: ReturnType<typeof useLastCommands>) {
  const { t } = useTranslation();
  const reference = useReference();
  const ask = (field: Field, words: string): void => {
    triage.choose({ field });
    tellHint(words);
  };
  const isRouting = useRef(false);
  return async (): Promise<void> => {
    // A second Enter while the first is being written would send the same message again.
    if (isRouting.current) return;
    if (triage.topic === null) return ask('topic', t('card.chooseTopic'));
    if (triage.addressee === null) return ask('route', t('card.chooseAgency'));
    const what = t('card.routed', { to: agencyName(reference, triage.addressee.agency) });
    isRouting.current = true;
    await actLast(routingCommandsFor(incident, triage), what);
    isRouting.current = false;
  };
}

/** Gives the actions of a card's keys. */
export function useTriageActions(incident: Incident, triage: Triage, leaving: Leaving) {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const act = useAct();
  const actLast = useLastCommands(incident, triage, leaving);
  const route = useRoute(incident, triage, actLast);
  const { account } = useSession();
  return {
    route,
    reject: (reason: RejectReason, comment: string): Promise<void> =>
      actLast({ name: 'reject', args: { reason, comment } }, t('card.rejected')),
    merge: (into: QueueRow): Promise<void> =>
      actLast({ name: 'merge', args: { into: into.id } }, t('card.merged', { number: into.number ?? '' })),
    claim: async (): Promise<void> => {
      const isMine = incident.holder === account.id;
      if (isMine) leaving.onReleasing();
      await act(
        incident,
        isMine ? { name: 'release', args: {} } : { name: 'claim', args: {} },
        t(isMine ? 'card.released' : 'card.claimed'),
      );
    },
    toggleImportance: async (): Promise<void> => {
      const importance = incident.importance === 'high' ? 'ordinary' : 'high';
      await act(
        incident,
        { name: 'setImportance', args: { importance, reason: '' } },
        t(`card.importance.${importance}`),
      );
    },
    note: (text: string, files: readonly Attachment[]): Promise<boolean> =>
      run(incident, { name: 'note', args: { text, ...withAttachments(files) } }),
  };
}
