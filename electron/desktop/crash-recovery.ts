import type { WebContents } from 'electron';
import type { Log } from '#electron/app/log.ts';

/** More deaths than this within the window mean that loading again will not help. */
const MOST = 3;
const WITHIN_MS = 60_000;

interface RecoveryParts {
  readonly log: Log;
  readonly now: () => number;
  /** Called before the page is loaded again. */
  readonly onCrash: () => void;
  /** Called when the page dies again and again. */
  readonly onHopeless: () => void;
}

/**
 * Loads the page again when its process died. What the operator typed lies in the page's storage and what was
 * saved in two places, so nothing but the moment is lost. A page that dies again and again is left alone.
 */
export function recoverFromCrashes(
  contents: WebContents,
  { log, now, onCrash, onHopeless }: RecoveryParts,
): void {
  let deaths: number[] = [];
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`the page's process is gone: ${reason} (${exitCode})`);
    deaths = [...deaths.filter((at) => now() - at < WITHIN_MS), now()];
    if (deaths.length > MOST) return onHopeless();
    onCrash();
    contents.reload();
  });
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    // -3: the load was given up for another one.
    if (isMainFrame && code !== -3) log.error(`the page did not load: ${description} (${code})`);
  });
}
