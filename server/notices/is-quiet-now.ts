import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { isQuiet } from '#shared/domain/quiet-hours.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { MailWay } from '#server/mail/mail-way.ts';

/** «21:30» of the region's day. */
function timeOf(zone: string, at: Instant): string {
  const minutes = Math.floor(localTimeAt(zone, at).msOfDay / MS_PER_MINUTE);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Tells whether no notices go out now, by the hours that the centre has chosen. */
export const isQuietNow = ({ settings, timeZone }: MailWay, now: Instant): boolean =>
  isQuiet(timeOf(timeZone, now), { from: settings.quietFrom, to: settings.quietTo });
