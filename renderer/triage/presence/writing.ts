/** Ms after the last keystroke that a person is taken to be reading again. */
const PAUSE_MS = 10_000;

let last: { readonly incident: string; readonly at: number } | null = null;

/** Notes that this window's person types a reply to an incident. */
export function noteWriting(incident: string): void {
  last = { incident, at: performance.now() };
}

/** Tells whether this window's person has typed a reply to an incident just now. */
export const isWriting = (incident: string): boolean =>
  last?.incident === incident && performance.now() - last.at < PAUSE_MS;
