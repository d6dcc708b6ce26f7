import { useState } from 'react';

const PREFIX = 'pult.record.';

/** A form that outlives the window it is in: what was typed is there again until it is saved or given up. */
export function useForm<T extends object>(
  id: string,
  initial: T,
): readonly [value: T, change: (part: Partial<T>) => void, forget: () => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(PREFIX + id);
    return kept === null ? initial : { ...initial, ...(JSON.parse(kept) as Partial<T>) };
  });
  const change = (part: Partial<T>): void => {
    const next = { ...value, ...part };
    setValue(next);
    sessionStorage.setItem(PREFIX + id, JSON.stringify(next));
  };
  return [value, change, () => sessionStorage.removeItem(PREFIX + id)];
}
