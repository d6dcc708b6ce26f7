import { useConsole, useProfile } from '#renderer/kit/context/console-context.tsx';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import { OwnGestures } from './own-gestures.ts';

const memoryOf = sessionMemory<OwnGestures>();

/** The last gestures of the person who is signed in, since the login. */
export function useOwnGestures(): OwnGestures {
  const memory = memoryOf(useConsole().hub);
  const profile = useProfile();
  const gestures = memory.get(profile) ?? new OwnGestures(profile);
  memory.set(profile, gestures);
  return gestures;
}
