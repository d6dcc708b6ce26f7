import { feedAlarmsSchema, type FeedAlarm } from '#shared/protocol/feed-alarms.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { askCentre, type CentreAnswer } from './ask-centre.ts';
import { useCentreQuery } from './use-centre-query.ts';

const NONE: readonly FeedAlarm[] = [];

const readFeedAlarms = (): Promise<CentreAnswer<{ readonly alarms: readonly FeedAlarm[] }>> =>
  askCentre('/api/v1/feed-alarms', feedAlarmsSchema);

/** Reads who swells the region's feed, every minute; nothing for those who do not administer it. */
export function useFeedAlarms(): readonly FeedAlarm[] {
  const { account } = useSession();
  const isLive = useIsLive();
  const enabled = isLive && account.role === 'administrator';
  return useCentreQuery(['feed-alarms'], readFeedAlarms, { enabled }).value?.alarms ?? NONE;
}
