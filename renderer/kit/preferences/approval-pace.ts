import { z } from 'zod';
import { INSTANTS, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { median } from '#shared/report/facts/statistics.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';
import type { When } from '#renderer/kit/words/when.ts';

const keyOf = (profile: string): string => ownKey(profile, 'approvalPace');

/** More replies than anybody decides on in a day. */
const MOST = 2000;

/** The day's first decision, and how long each reply had waited for its own, minutes. */
const paceSchema = z.object({
  since: z.number().min(INSTANTS.from).max(INSTANTS.to),
  waited: z.array(z.number().min(0)).max(MOST).readonly(),
});

function read(profile: string, now: Instant, when: When, storage: Storage): z.infer<typeof paceSchema> {
  const none = { since: now, waited: [] };
  try {
    const kept = paceSchema.safeParse(JSON.parse(storage.getItem(keyOf(profile)) ?? 'null')).data;
    return kept !== undefined && when.daysFromNow(kept.since, now) === 0 ? kept : none;
  } catch {
    return none;
  }
}

/** Keeps how long a reply had waited when this person decided on it here. A new local day begins anew. */
export function keepWaited(
  profile: string,
  waited: Minutes,
  now: Instant,
  when: When,
  storage: Storage = localStorage,
): void {
  const pace = read(profile, now, when, storage);
  const kept = { ...pace, waited: [...pace.waited, waited].slice(-MOST) };
  storage.setItem(keyOf(profile), JSON.stringify(kept));
}

/** This person's decisions here today: how many, and the median time that their replies had waited. */
export function paceToday(
  profile: string,
  now: Instant,
  when: When,
  storage: Storage = localStorage,
): { readonly count: number; readonly median: Minutes | null } {
  const { waited } = read(profile, now, when, storage);
  return { count: waited.length, median: median(waited) };
}
