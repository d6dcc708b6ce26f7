import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useMessageCount } from '#renderer/kit/directory/use-message-count.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';

/** Counts what knows a municipality by its name on this workstation; null for a new one and until counted. */
export function usePlaceUse(name: string | null): MunicipalityUse | null {
  const { routes } = useReference();
  const now = useNow();
  const incidents = useMessageCount('municipalities', name);
  if (incidents === null) return null;
  const live = routes.filter((route) => route.municipality === name && (route.validTo ?? Infinity) > now);
  return { incidents, routes: live.length };
}
