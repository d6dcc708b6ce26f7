import type { TFunction } from 'i18next';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';
import { actorWords } from './actor-words.ts';
import type { When } from './when.ts';

interface Readers {
  readonly t: TFunction;
  readonly reference: Reference;
  readonly when: When;
  readonly now: Instant;
}

const placeName = ({ municipalities }: Reference, id: string): string =>
  municipalities.find((one) => one.id === id)?.name ?? id;

/** A refusal as a sentence, with names in place of ids. */
export function refusalWords(refusal: Refusal, { t, reference, when, now }: Readers): string {
  const { kind, ...values } = refusal;
  const named: Record<string, unknown> = { ...values };
  if ('step' in refusal) named['step'] = t(`step.${refusal.step}`);
  if ('by' in refusal) named['by'] = actorWords(refusal.by, t, reference);
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
