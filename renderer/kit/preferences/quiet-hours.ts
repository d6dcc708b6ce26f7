import type { QuietHours } from '#shared/domain/quiet-hours.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';

const keyOf = (profile: string): string => ownKey(profile, 'quiet');

/** Hours of the region's day in which this person is shown no notifications here. */
const usual: QuietHours = { from: '20:00', to: '08:00' };

export function quietHours(profile: string): QuietHours {
  const [from, to] = (localStorage.getItem(keyOf(profile)) ?? '').split(' ');
  return from && to ? { from, to } : usual;
}

export function setQuietHours(profile: string, { from, to }: QuietHours): void {
  localStorage.setItem(keyOf(profile), `${from} ${to}`);
}
