import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isQuiet } from '#shared/domain/quiet-hours.ts';
import { quietHours } from '#renderer/kit/preferences/quiet-hours.ts';
import {
  useCentreTime,
  useConsole,
  useLaneCounts,
  useProfile,
  useStatus,
} from '#renderer/kit/context/console-context.tsx';
import { noticeCounts, noticesOf } from './notices.ts';
import { watchMinutes } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';

/**
 * True when the person sees the console: the browser tells of hidden windows, only the focus of covered ones.
 */
const isLookedAt = (): boolean => !document.hidden && document.hasFocus();

/**
 * Gives what shows a notification of the system: silent while the person looks at the console, and in the
 * quiet hours.
 */
export function useTellAway(): (title: string, path: string) => void {
  const { t } = useTranslation();
  const { host } = useConsole();
  const when = useWhen();
  const centreTime = useCentreTime();
  const profile = useProfile();
  return useCallback(
    (title, path) => {
      if (isLookedAt() || isQuiet(when.time(centreTime()), quietHours(profile))) return;
      host.notify(title, t('notice.open'), path);
    },
    [centreTime, host, t, when, profile],
  );
}

/** Tells of burning deadlines, refused actions, promises due and new messages. */
export function useNotices(): void {
  const { t } = useTranslation();
  const { hub } = useConsole();
  useEffect(() => watchMinutes(hub.centreTime, () => void hub.recount()), [hub]);
  const lanes = useLaneCounts();
  const { notAccepted } = useStatus();
  const tell = useTellAway();
  const seen = useRef(noticeCounts(lanes, notAccepted));
  useEffect(() => {
    const now = noticeCounts(lanes, notAccepted);
    const news = noticesOf(seen.current, now);
    seen.current = now;
    for (const { kind, count, path } of news) tell(t(`notice.${kind}`, { count }), path);
  }, [lanes, notAccepted, tell, t]);
}
