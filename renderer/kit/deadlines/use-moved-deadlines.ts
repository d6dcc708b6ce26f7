import { useEffect, useState } from 'react';
import type { MovedDues, SettingsDraft } from '#shared/domain/moved-dues.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';

/** A person types on while it is counted; the last draft is what counts. */
const PAUSE_MS = 200;

/** Counts the deadlines that a draft would move; null until counted, and for no draft. */
export function useMovedDeadlines(draft: SettingsDraft | null): MovedDues | null {
  const store = useStore();
  const key = draft === null ? null : JSON.stringify(draft);
  const [counted, setCounted] = useState<{ readonly key: string; readonly moved: MovedDues } | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      void store.movedDeadlines(JSON.parse(key) as SettingsDraft).then((moved) => {
        if (!isOver) setCounted({ key, moved });
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [store, key]);
  return counted !== null && counted.key === key ? counted.moved : null;
}
