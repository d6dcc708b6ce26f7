import { useCallback, useEffect, useState } from 'react';
import type { LeftBehind } from '#renderer/data/store/left-behind.ts';
import { useStore, useStoreChange } from './console-context.tsx';

/** Work of dismissed people on this workstation; read again when the region's people change. */
export function useLeftBehind(): readonly LeftBehind[] {
  const store = useStore();
  const [left, setLeft] = useState<readonly LeftBehind[]>([]);
  const read = useCallback(() => void store.leftBehind().then(setLeft), [store]);
  useEffect(read, [read]);
  useStoreChange(useCallback(({ reference }) => reference && read(), [read]));
  return left;
}
