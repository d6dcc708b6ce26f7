import type { TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useMessageCount } from '#renderer/kit/directory/use-message-count.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';

/** Counts what knows a topic by its name on this workstation; null until counted, and for a new one. */
export function useTopicUse(name: string | null): TopicUse | null {
  const { routes, policies } = useReference();
  const now = useNow();
  const incidents = useMessageCount('topics', name);
  if (incidents === null) return null;
  const rules = [...routes, ...policies].filter(
    ({ topic, validTo }) => topic === name && (validTo ?? Infinity) > now,
  );
  return { incidents, rules: rules.length };
}
