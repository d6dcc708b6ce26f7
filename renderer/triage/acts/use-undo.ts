import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCentreTime, useProfile, useSession, useStore } from '#renderer/kit/context/console-context.tsx';
import { tellDone, tellHint, tellTrouble, hideToast } from '#renderer/kit/toasts/toasts.tsx';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import { uncountHandled } from '#renderer/kit/preferences/shift.ts';
import type { CommandResult } from '#renderer/data/store/console-store.ts';
import type { OwnAct, OwnGesture } from './own-gestures.ts';
import { undoWords } from './undo-words.ts';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import { useStoring } from './use-command.ts';
import { useNumberWords } from './use-number-words.ts';
import { useOwnGestures } from './use-own-gestures.ts';

/** An act that was to be taken back, and what the store says. */
interface Answered {
  readonly act: OwnAct;
  readonly result: CommandResult | undefined;
}

/** Tells that only own acts lie on top: once these are taken back, it can be too. */
const isBelowOwn = ({ result }: Answered, account: string): boolean =>
  result?.ok === false && result.refusal.kind === 'acted_on_top' && result.refusal.by === account;

/** Says in one toast what was taken back and what was not, with the numbers of the incidents. */
function useTellUndone(): (answers: readonly Answered[]) => Promise<void> {
  const { t } = useTranslation();
  const store = useStore();
  const language = useLanguage();
  const numberOf = useNumberWords();
  const wordsOf = useRefusalWords();
  const [, goTo] = useLocation();
  return useCallback(
    async (answers) => {
      const incidents = [...new Set(answers.map(({ act }) => act.incident))];
      const abouts = new Map(
        await Promise.all(incidents.map(async (id) => [id, numberOf(await store.incident(id))] as const)),
      );
      const outcomes = answers.map(({ act, result }) => ({
        incident: act.incident,
        about: abouts.get(act.incident) ?? '',
        name: act.name,
        why: result?.ok === false ? wordsOf(result.refusal) : null,
      }));
      const words = undoWords(outcomes, t, language);
      const [incident, another] = incidents;
      if (outcomes.some(({ why }) => why !== null)) tellTrouble(words, t('common.close'));
      else if (another === undefined)
        tellDone(words, { label: t('action.open'), run: () => goTo(`/incident/${incident}`) });
      else tellDone(words);
    },
    [goTo, language, numberOf, store, t, wordsOf],
  );
}

/**
 * Takes back an own gesture, whatever is on the screen: the acts of it that nobody acted on top of, the
 * newest first, each by a command of its own and all of them stored in one transaction.
 */
export function useUndo(): (gesture: OwnGesture) => Promise<void> {
  const store = useStore();
  const gestures = useOwnGestures();
  const storing = useStoring();
  const tell = useTellUndone();
  const when = useWhen();
  const centreTime = useCentreTime();
  const { account } = useSession();
  const profile = useProfile();
  return useCallback(
    async (remembered) => {
      const gesture = gestures.all().find(({ id }) => id === remembered.id) ?? remembered;
      // At once, so that a second stroke of the key means the gesture before.
      gestures.forget(gesture.id);
      hideToast(gesture.id);
      const acts = gesture.acts.toReversed();
      const parts = acts.map(({ incident, command }) => ({
        id: incident,
        command: { name: 'undo', args: { event: command } } as const,
      }));
      const results = await storing(() => store.dispatchTogether(parts, 'rest'));
      if (results === null) return gestures.keep(gesture);
      const answers = acts.map((act, index): Answered => ({ act, result: results[index] }));
      const left = answers.filter((answer) => isBelowOwn(answer, account.id)).map(({ act }) => act);
      if (left.length > 0) gestures.keep({ ...gesture, acts: left.toReversed() });
      for (const { act, result } of answers)
        if (result?.ok === true && act.handledAt !== null)
          uncountHandled(profile, act.handledAt, centreTime(), when);
      await tell(answers);
    },
    [account.id, centreTime, gestures, profile, store, storing, tell, when],
  );
}

/** Takes back the newest gesture of this person since the login: what the key does, up to ten times. */
export function useUndoLast(): () => void {
  const { t } = useTranslation();
  const undo = useUndo();
  const gestures = useOwnGestures();
  return useCallback(() => {
    const undoNewest = async (): Promise<void> => {
      await gestures.allDone();
      const last = gestures.all().at(-1);
      if (last === undefined) tellHint(t('undo.nothing'));
      else await undo(last);
    };
    void undoNewest();
  }, [gestures, t, undo]);
}
