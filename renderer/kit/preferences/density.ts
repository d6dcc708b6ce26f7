import { useSyncExternalStore } from 'react';
import { makeSignal } from '#renderer/kit/context/signal.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const STORED = 'pult.density';
const ROW_HEIGHT: Record<Density, number> = { compact: 50, normal: 60, roomy: 68 };
const changes = makeSignal();

const density = (): Density => memberOf(DENSITIES, localStorage.getItem(STORED)) ?? 'normal';

/** Puts the choice where the style sheet sees it. Call once before the first screen. */
export function applyDensity(): void {
  document.documentElement.dataset['density'] = density();
}

export function setDensity(next: Density): void {
  localStorage.setItem(STORED, next);
  applyDensity();
  changes.tell();
}

export const useDensity = (): Density => useSyncExternalStore(changes.watch, density);

/** Height of a queue's row in pixels; `--row-height` in global.css says the same. */
export const useRowHeight = (): number => ROW_HEIGHT[useDensity()];
