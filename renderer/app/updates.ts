import { useSyncExternalStore } from 'react';

/** A new build that has been fetched and waits for the person's word. */
let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function setWaiting(worker: ServiceWorker | null): void {
  waiting = worker;
  listeners.forEach((listener) => listener());
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

/** Lets the waiting build take over; the page reloads by itself then. */
export function takeUpdate(): void {
  waiting?.postMessage('take-over');
}

const watch = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsUpdateReady = (): boolean => useSyncExternalStore(watch, () => waiting !== null);
