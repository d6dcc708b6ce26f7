import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { useProfile, useSession, useStore } from '#renderer/kit/context/console-context.tsx';
import { tellDone, tellHint, untell } from '#renderer/kit/toasts/toasts.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { countHandled, uncountHandled } from '#renderer/kit/preferences/shift.ts';
import type { CommandResult } from '#renderer/data/store/console-store.ts';
import type { OwnAct } from './own-acts.ts';
import { actOf, useSend } from './use-command.ts';
import { useOwnActs } from './use-own-acts.ts';

/** Which incident it is, in words; one registered without a network has no number yet. */
function useNumberWords(): (incident: Pick<Incident, 'number'> | null) => string {
  const { t } = useTranslation();
  return useCallback(
    (incident) => {
      const number = incident?.number ?? null;
      return number === null ? t('card.noNumber') : t('card.number', { number });
    },
    [t],
  );
}

/** Whether only own acts lie on top of it: once these are taken back, it can be too. */
const isBelowOwn = (sent: CommandResult, account: string): boolean =>
  !sent.ok && sent.refusal.kind === 'acted_on_top' && sent.refusal.by === account;

/**
 * Takes back an own act, whatever is on the screen, and says of which incident it was; or says by name why it
 * cannot.
 */
export function useUndo(): (act: OwnAct) => Promise<void> {
  const { t } = useTranslation();
  const store = useStore();
  const send = useSend();
  const acts = useOwnActs();
  const when = useWhen();
  const numberOf = useNumberWords();
  const { account } = useSession();
  const profile = useProfile();
  const [, goTo] = useLocation();
  return useCallback(
    async (act) => {
      const kept = acts.all().find(({ command }) => command === act.command) ?? act;
      // At once, so that a second stroke of the key means the act before.
      acts.forget(act.command);
      untell(act.command);
      const about = numberOf(await store.incident(act.incident));
      const sent = await send(act.incident, { name: 'undo', args: { event: act.command } }, about);
      if (sent === null || isBelowOwn(sent, account.id)) acts.keep(kept);
      if (sent?.ok !== true) return;
      if (kept.handledAt !== null) uncountHandled(profile, kept.handledAt, Date.now(), when);
      tellDone(t('undo.line', { about, what: t(`undo.done.${act.name}`) }), {
        label: t('action.open'),
        run: () => goTo(`/incident/${act.incident}`),
      });
    },
    [account.id, acts, goTo, numberOf, profile, send, store, t, when],
  );
}

/** Takes back the newest act of this person in this session: what the key does, up to ten times. */
export function useUndoLast(): () => void {
  const { t } = useTranslation();
  const undo = useUndo();
  const acts = useOwnActs();
  return useCallback(() => {
    const last = acts.all().at(-1);
    if (last === undefined) tellHint(t('undo.nothing'));
    else void undo(last);
  }, [acts, t, undo]);
}

/**
 * Carries out an act and says so, with the incident's number and the way back. `isHandled`: with it the
 * message is dealt with, and counts in this shift until it is taken back. `true` when it was accepted.
 */
export function useAct(): (
  incident: Pick<Incident, 'id' | 'number'>,
  command: IncidentCommand,
  what: string,
  isHandled?: boolean,
) => Promise<boolean> {
  const { t } = useTranslation();
  const send = useSend();
  const undo = useUndo();
  const acts = useOwnActs();
  const when = useWhen();
  const profile = useProfile();
  const numberOf = useNumberWords();
  return useCallback(
    async (incident, command, what, isHandled = false) => {
      const sent = await send(incident.id, command);
      if (sent?.ok !== true) return false;
      const handledAt = isHandled ? Date.now() : null;
      if (handledAt !== null) countHandled(profile, handledAt, when);
      const act = actOf(command, sent);
      if (act !== null) acts.keep({ ...act, handledAt });
      const back =
        act === null
          ? undefined
          : { label: t('common.undo'), run: (): void => void undo({ ...act, handledAt }) };
      // What was so already has nothing to be told of.
      if (act !== null || isHandled)
        tellDone(t('undo.line', { about: numberOf(incident), what }), back, act?.command);
      return true;
    },
    [acts, numberOf, profile, send, t, undo, when],
  );
}
