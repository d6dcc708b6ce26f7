import { useState } from 'react';
import { useProfile } from '#renderer/kit/context/console-context.tsx';
import { ownKey } from '#renderer/data/session/own-keys.ts';

/** A form that outlives the window it is in: what was typed is there again until it is saved or given up. */
export function useKeptForm<T extends object>(
  id: string,
  initial: T,
): readonly [value: T, change: (part: Partial<T>) => void, forget: () => void] {
  const key = ownKey(useProfile(), `record.${id}`);
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : { ...initial, ...(JSON.parse(kept) as Partial<T>) };
  });
  const change = (part: Partial<T>): void => {
    const next = { ...value, ...part };
    setValue(next);
    sessionStorage.setItem(key, JSON.stringify(next));
  };
  return [value, change, () => sessionStorage.removeItem(key)];
}
