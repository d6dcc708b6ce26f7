import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isQuiet, quietHours } from '#renderer/settings/quiet-hours.ts';
import { useConsole, useLaneCounts } from './console-context.tsx';
import { useWhen } from './use-words.ts';

/** Tells of new messages and overdue ones while the console is out of sight, except in the quiet hours. */
export function useNotices(): void {
  const { t } = useTranslation();
  const { host } = useConsole();
  const counts = useLaneCounts();
  const when = useWhen();
  const seen = useRef(counts);
  useEffect(() => {
    const before = seen.current;
    seen.current = counts;
    if (!document.hidden || isQuiet(when.time(Date.now()), quietHours())) return;
    if (counts.overdue > before.overdue)
      host.notify(t('notice.overdue', { count: counts.overdue }), t('notice.open'));
    else if (counts.new > before.new) host.notify(t('notice.new', { count: counts.new }), t('notice.open'));
  }, [counts, host, t, when]);
}
