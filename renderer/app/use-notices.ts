import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isQuiet, quietHours } from '#renderer/settings/quiet-hours.ts';
import { useConsole, useLaneCounts, useStatus } from './console-context.tsx';
import { useWhen } from './use-words.ts';

/** Tells of burning deadlines, refused actions, promises due and new messages while the console is out of sight, except in the quiet hours. */
export function useNotices(): void {
  const { t } = useTranslation();
  const { host } = useConsole();
  const counts = useLaneCounts();
  const when = useWhen();
  const { notAccepted } = useStatus();
  const seen = useRef({ counts, notAccepted });
  useEffect(() => {
    const { counts: before, notAccepted: refused } = seen.current;
    seen.current = { counts, notAccepted };
    if (!document.hidden || isQuiet(when.time(Date.now()), quietHours())) return;
    const tell = (title: string, path: string): void => host.notify(title, t('notice.open'), path);
    if (counts.overdue > before.overdue)
      tell(t('notice.overdue', { count: counts.overdue }), '/queue/overdue');
    else if (notAccepted > refused) tell(t('notice.refused', { count: notAccepted }), '/not-accepted');
    else if (counts.promised > before.promised)
      tell(t('notice.promised', { count: counts.promised }), '/queue/promised');
    else if (counts.new > before.new) tell(t('notice.new', { count: counts.new }), '/queue/new');
  }, [counts, notAccepted, host, t, when]);
}
