import { waitedMinutes } from '#shared/domain/approval-time.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { useCentreTime, useProfile, useReference } from '#renderer/kit/context/console-context.tsx';
import { keepWaited } from '#renderer/kit/preferences/approval-pace.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';

/** Gives what keeps how long replies had waited, as they were on the screen, when they are decided on. */
export function useKeepPace(): (decided: readonly Incident[]) => void {
  const profile = useProfile();
  const centreTime = useCentreTime();
  const when = useWhen();
  const { calendar } = useReference();
  return (decided) => {
    const now = centreTime();
    for (const { step } of decided) keepWaited(profile, waitedMinutes(step.since, now, calendar), now, when);
  };
}
