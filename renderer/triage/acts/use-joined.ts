import { useCallback, useEffect, useState } from 'react';
import type { Incident } from '#shared/domain/incident.ts';
import { useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';

const NONE: readonly Incident[] = [];

/** Incidents whose messages were joined to this one, as this workstation has them now. */
export function useJoined(id: string): readonly Incident[] {
  const store = useStore();
  const [read, setRead] = useState<{ readonly id: string; readonly joined: readonly Incident[] } | null>(
    null,
  );
  const refresh = useCallback(
    () => void store.joined(id).then((joined) => setRead({ id, joined })),
    [store, id],
  );
  useEffect(refresh, [refresh]);
  useStoreChange(
    useCallback(
      ({ incidents }) => {
        if (incidents === 'all' || incidents.length > 0) refresh();
      },
      [refresh],
    ),
  );
  return read?.id === id ? read.joined : NONE;
}
