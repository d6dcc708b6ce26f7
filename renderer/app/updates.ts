import { useSyncExternalStore } from 'react';
import { makeSignal } from '#renderer/kit/context/signal.ts';

/** A new build that has been fetched and waits for the person's word. */
let waiting: ServiceWorker | null = null;
let isMixed = false;
const changes = makeSignal();

function setWaiting(worker: ServiceWorker | null): void {
  waiting = worker;
  changes.tell();
}

function follow(registration: ServiceWorkerRegistration): void {
  if (registration.waiting !== null) setWaiting(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration.installing;
    next?.addEventListener('statechange', () => {
      // Without a controller this is the first visit: nothing old is on the screen.
      if (next.state === 'installed' && navigator.serviceWorker.controller !== null) setWaiting(next);
    });
  });
}

const HOUR_MS = 3_600_000;

/**
 * Keeps the console on the workstation and looks for new builds; quietly does nothing where workers are not
 * to be had.
 */
export async function startUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadController) location.reload();
  });
  try {
    const registration = await navigator.serviceWorker.register('/sw.js');
    follow(registration);
    setInterval(() => void registration.update().catch(() => undefined), HOUR_MS);
  } catch {
    // The console works without it, only not from a cold start offline.
  }
}

/** Reloads the page, under the build that waits when there is one: that takes over in every window. */
export function reloadConsole(): void {
  if (waiting === null) location.reload();
  else waiting.postMessage('take-over');
}

/** Notes that another window is of another build, and looks whether this one can be brought up to it. */
export function noticeOtherVersion(): void {
  if (isMixed) return;
  isMixed = true;
  changes.tell();
  void navigator.serviceWorker
    ?.getRegistration()
    .then((registration) => registration?.update())
    .catch(() => undefined);
}

/** The reason why the page should be reloaded, null when there is none. */
export const useReloadReason = (): 'versionsDiffer' | 'ready' | null =>
  useSyncExternalStore(changes.watch, () => (isMixed ? 'versionsDiffer' : waiting === null ? null : 'ready'));
