import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { withSeen } from '#shared/domain/subject.ts';
import { useCentreTime, useProfile } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { countHandled } from '#renderer/kit/preferences/shift.ts';
import { gestureOf, type OwnAct } from './own-gestures.ts';
import { useSend } from './use-command.ts';
import { useNumberWords } from './use-number-words.ts';
import { useOwnGestures } from './use-own-gestures.ts';
import { useUndo } from './use-undo.ts';

/** Notes at an incident's last act when it was counted as handled: taking that back takes back the count. */
const handledIn = (acts: readonly OwnAct[], at: number | null): readonly OwnAct[] =>
  acts.map((act, index) => (index === acts.length - 1 ? { ...act, handledAt: at } : act));

/**
 * Carries out what one gesture means for the incident on the screen, one command or several, and says so with
 * the incident's number and the way back. `isHandled`: with it the message is dealt with, and counts in this
 * shift until it is taken back. `true` when it was accepted.
 */
export function useAct(): (
  incident: Incident,
  commands: IncidentCommand | readonly IncidentCommand[],
  what: string,
  isHandled?: boolean,
) => Promise<boolean> {
  const { t } = useTranslation();
  const send = useSend();
  const undo = useUndo();
  const gestures = useOwnGestures();
  const when = useWhen();
  const centreTime = useCentreTime();
  const profile = useProfile();
  const numberOf = useNumberWords();
  return useCallback(
    async (incident, commands, what, isHandled = false) => {
      const parts = [commands]
        .flat()
        .map((command) => ({ id: incident.id, command: withSeen(command, incident) }));
      const acts = await send(parts);
      if (acts === null) return false;
      const handledAt = isHandled ? centreTime() : null;
      if (handledAt !== null) countHandled(profile, handledAt, when);
      const line = t('undo.line', { about: numberOf(incident), what });
      const [first, ...others] = handledIn(acts, handledAt);
      if (first !== undefined) {
        const gesture = gestureOf([first, ...others]);
        gestures.keep(gesture);
        tellDone(line, { label: t('common.undo'), run: () => void undo(gesture) }, gesture.id);
      } else if (isHandled) tellDone(line); // What was so already has nothing to be told of.
      return true;
    },
    [centreTime, gestures, numberOf, profile, send, t, undo, when],
  );
}
