import type { Incident } from './incident.ts';
import { MS_PER_HOUR, type Instant } from './instant.ts';
import type { Regulation } from './regulation.ts';

/** Who closes what its author is silent about: nobody's hand. */
export const SILENCE_ACTOR = 'centre:silence';

/**
 * The tag that keeps an incident from being closed by its author's silence. A tag, so that it is put and
 * taken without a network, found in the queue, told by the history and carried by the registry (column AR).
 */
export const HOLD_TAG = 'не закрывать';

/**
 * The fate of an answered incident while its author says nothing: it closes by itself at a moment, would
 * close then if its outcome had been chosen, or is held by hand.
 */
export type AuthorSilence =
  | { readonly kind: 'closes'; readonly at: Instant }
  | { readonly kind: 'outcome_missing'; readonly at: Instant }
  | { readonly kind: 'held' };

/**
 * Tells what an author's silence will do to an incident; null where nothing is waited for: no final answer
 * yet, the author has written since, the centre closes nothing by itself, or the registry brought the
 * incident, which closes its own. The hours run by the wall clock from the answer, as in «Инцидент
 * Менеджмент».
 */
export function silenceOf(
  incident: Incident,
  { silentHours }: Pick<Regulation, 'silentHours'>,
): AuthorSilence | null {
  const { step, satisfactionAt, imported, messages, tags, type, outcome } = incident;
  if (step.name !== 'satisfaction' || satisfactionAt === null || imported !== null) return null;
  if (silentHours === 0 || messages.some(({ at }) => at > satisfactionAt)) return null;
  if (tags.includes(HOLD_TAG)) return { kind: 'held' };
  const at = satisfactionAt + silentHours * MS_PER_HOUR;
  return { kind: type === null || outcome === null ? 'outcome_missing' : 'closes', at };
}

/** Tells whether an incident is to be closed now, because its author has been silent for long enough. */
export function isSilentBy(
  incident: Incident,
  regulation: Pick<Regulation, 'silentHours'>,
  now: Instant,
): boolean {
  const silence = silenceOf(incident, regulation);
  return silence?.kind === 'closes' && silence.at <= now;
}
