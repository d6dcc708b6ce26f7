import { useTranslation } from 'react-i18next';
import type { Command } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { RejectReason } from '#shared/domain/step.ts';
import { useReference, useSession } from '#renderer/app/console-context.tsx';
import { agencyName } from '#renderer/app/reference.ts';
import { tellDone, tellTrouble } from '#renderer/app/toasts.tsx';
import { useWhen } from '#renderer/app/use-words.ts';
import { useCommand } from '#renderer/incident/use-command.ts';
import { countHandled } from '#renderer/settings/shift.ts';
import type { QueueRow } from '#renderer/store/console-store.ts';
import { forgetChoices, type Triage } from './use-triage.ts';

/** The commands behind one Enter: only what differs from what the incident says already. */
export function routingCommandsFor(incident: Incident, { topic, place, addressee }: Pick<Triage, 'topic' | 'place' | 'addressee'>): readonly Command[] {
  const commands: Command[] = [];
  if (topic !== null && topic.topic !== incident.classification?.topic) {
    commands.push({ name: 'classify', args: { ...topic, from: incident.classification?.topic ?? '' } });
  }
  if (JSON.stringify(place) !== JSON.stringify(incident.place)) commands.push({ name: 'place', args: { place, from: incident.place } });
  if (addressee !== null) commands.push({ name: 'route', args: { ...addressee, from: currentAgency(incident) ?? '', reason: '' } });
  return commands;
}

/** Told about an incident leaving its lane by this person's hand, before (the list may change before the answer comes) and after. */
export interface Leaving {
  readonly onLeaving: (isExpected: boolean) => void;
  readonly onLeft: () => void;
}

/** What the keys of a card do. */
export function useTriageActions(incident: Incident, triage: Triage, { onLeaving, onLeft }: Leaving) {
  const { t } = useTranslation();
  const run = useCommand();
  const reference = useReference();
  const when = useWhen();
  const { account } = useSession();
  const runLast = async (command: Command): Promise<boolean> => {
    onLeaving(true);
    const isDone = await run(incident.id, command);
    if (!isDone) onLeaving(false);
    return isDone;
  };
  const leave = (message: string, undo: Command): void => {
    onLeft();
    countHandled(Date.now(), when);
    forgetChoices(incident.id);
    tellDone(message, { label: t('common.undo'), run: () => void run(incident.id, undo) });
  };
  return {
    route: async (): Promise<void> => {
      if (triage.topic === null) return triage.choose({ field: 'topic' }), tellTrouble(t('card.chooseTopic'));
      if (triage.addressee === null) return triage.choose({ field: 'route' }), tellTrouble(t('card.chooseAgency'));
      for (const command of routingCommandsFor(incident, triage)) {
        if (!(await (command.name === 'route' ? runLast(command) : run(incident.id, command)))) return;
      }
      const to = agencyName(reference, triage.addressee.agency);
      leave(t('card.routed', { to }), { name: 'returnToCentre', args: { reason: t('card.routedByMistake'), target: null } });
    },
    reject: async (reason: RejectReason, comment: string): Promise<void> => {
      if (!(await runLast({ name: 'reject', args: { reason, comment } }))) return;
      leave(t('card.rejected'), { name: 'reopen', args: { reason: t('card.rejectedByMistake') } });
    },
    merge: async (into: QueueRow): Promise<void> => {
      if (!(await runLast({ name: 'merge', args: { into: into.id } }))) return;
      leave(t('card.merged', { number: into.number ?? '' }), { name: 'unmerge', args: {} });
    },
    claim: async (): Promise<void> => {
      const isMine = incident.holder === account.id;
      if (await run(incident.id, isMine ? { name: 'release', args: {} } : { name: 'claim', args: {} })) tellDone(t(isMine ? 'card.released' : 'card.claimed'));
    },
    toggleImportance: async (): Promise<void> => {
      const importance = incident.importance === 'high' ? 'ordinary' : 'high';
      await run(incident.id, { name: 'setImportance', args: { importance, reason: '' } });
    },
    note: (text: string): Promise<boolean> => run(incident.id, { name: 'note', args: { text } }),
  };
}
