import { useShellState } from './shell-state.ts';

/** Gives a path at the centre as a whole address that other systems can call. */
export function useCentreAddress(path: string): string {
  const stage = useShellState()?.stage;
  const origin = stage?.kind === 'ready' ? (stage.addresses[0] ?? location.origin) : location.origin;
  return new URL(path, origin).href;
}
