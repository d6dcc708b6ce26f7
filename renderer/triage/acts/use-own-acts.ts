import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import { OwnActs } from './own-acts.ts';

const memoryOf = sessionMemory<OwnActs>();

/** What the person who is signed in has done since, in this window. */
export function useOwnActs(): OwnActs {
  const memory = memoryOf(useConsole().hub);
  const acts = memory.get('acts') ?? new OwnActs();
  memory.set('acts', acts);
  return acts;
}
