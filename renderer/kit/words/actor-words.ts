import type { TFunction } from 'i18next';
import { IMPORTANCE_ACTOR } from '#shared/domain/importance-rule.ts';
import type { Network } from '#shared/domain/incident.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import { SILENCE_ACTOR } from '#shared/domain/silence.ts';
import { IMPORT_ACTOR } from '#shared/exchange/context.ts';
import { personName, type Reference } from '#renderer/kit/context/reference.ts';

/** A page of a network as far as it is known: its network, and its name ('' where this console has none). */
interface ActingPage {
  readonly network: Network | null;
  readonly name: string;
}

const UNKNOWN: ActingPage = { network: null, name: '' };

/**
 * Names who acted as people do: a person, or what acts by itself, which is a network («из ВКонтакте»), a file
 * that was imported, another system, the centre after a merger or by its rules. `pageOf` tells of a page by
 * its id.
 */
export function actorWords(
  by: string,
  t: TFunction,
  reference: Reference,
  pageOf: (id: string) => ActingPage = () => UNKNOWN,
): string {
  if (by === HAND_OVER_ACTOR) return t('history.handOver');
  if (by === SILENCE_ACTOR) return t('history.bySilence');
  if (by === IMPORTANCE_ACTOR) return t('history.byRule');
  if (by === IMPORT_ACTOR) return t('history.byImport');
  if (by.startsWith('partner:')) return t('history.byPartner');
  if (!by.startsWith('channel:')) return personName(reference, by);
  const { network, name } = pageOf(by.slice('channel:'.length));
  const from = t(`history.from.${network ?? 'other'}`);
  return name === '' ? from : t('history.fromPage', { from, name });
}
