import type { TFunction } from 'i18next';
import { IMPORTANCE_ACTOR } from '#shared/domain/importance-rule.ts';
import { SILENCE_ACTOR } from '#shared/domain/silence.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { agencyName, personName, type Reference } from '#renderer/kit/context/reference.ts';
import type { When } from './when.ts';

interface Readers {
  readonly t: TFunction;
  readonly reference: Reference;
  readonly when: When;
  readonly now: Instant;
}

/** A person, or what acts by itself: a page of a network, the centre after a merger or by its rules. */
function actorName(reference: Reference, t: TFunction, by: string): string {
  if (by === HAND_OVER_ACTOR) return t('history.handOver');
  if (by === SILENCE_ACTOR) return t('history.bySilence');
  if (by === IMPORTANCE_ACTOR) return t('history.byRule');
  return by.startsWith('channel:') ? t('history.page', { name: '' }).trim() : personName(reference, by);
}

const placeName = ({ municipalities }: Reference, id: string): string =>
  municipalities.find((one) => one.id === id)?.name ?? id;

/** A refusal as a sentence, with names in place of ids. */
export function refusalWords(refusal: Refusal, { t, reference, when, now }: Readers): string {
  const { kind, ...values } = refusal;
  const named: Record<string, unknown> = { ...values };
  if ('step' in refusal) named['step'] = t(`step.${refusal.step}`);
  if ('by' in refusal) named['by'] = actorName(reference, t, refusal.by);
  if ('act' in refusal) named['act'] = t(`history.${refusal.act}`, { defaultValue: refusal.act });
  if ('to' in refusal) named['to'] = agencyName(reference, refusal.to);
  if ('agency' in refusal) named['agency'] = agencyName(reference, refusal.agency);
  if ('municipality' in refusal) named['municipality'] = placeName(reference, refusal.municipality);
  if ('latest' in refusal) named['latest'] = when.short(refusal.latest, now);
  if ('at' in refusal) named['at'] = when.short(refusal.at, now);
  if ('role' in refusal) named['role'] = t(`role.${refusal.role}`);
  if ('part' in refusal) named['part'] = t(`fullPart.${refusal.part}`);
  if ('state' in refusal) named['state'] = t(`promiseState.${refusal.state}`);
  if ('warning' in refusal) named['warning'] = t(`check.demand.${refusal.warning}`);
  if ('measure' in refusal) named['measure'] = t(`rules.rating.measures.${refusal.measure}`);
  if (refusal.kind === 'arms_unfit') named['problem'] = t(`armsProblem.${refusal.problem}`);
  if (refusal.kind === 'row_refused') named['why'] = refusalWords(refusal.why, { t, reference, when, now });
  if ('field' in refusal) named['field'] = t(`field.${refusal.field}`, { defaultValue: refusal.field });
  return t(`refusal.${kind}`, { ...named, defaultValue: t('refusal.other', { kind }) });
}
