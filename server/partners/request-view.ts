import { currentAgency, type Incident, type Place } from '#shared/domain/incident.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import { isClosed } from '#shared/domain/step.ts';
import { stepWord } from '#shared/exchange/words.ts';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';
import { plainName, serviceCode, UNSORTED, type PartnerDirectory } from './partner-directory.ts';

/** Fields that a partner handed in beside the text. */
export interface HandedIn {
  readonly service_code: string;
  readonly address: string | null;
  readonly address_id: string | null;
  readonly lat: number | null;
  readonly long: number | null;
  readonly media_url: string | null;
}

/** GeoReport's own limit of a description. */
const MAX_DESCRIPTION = 4000;

const cut = (text: string): string =>
  text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1).toWellFormed()}…`;

/** From the particular to the general, as GeoReport wants it. */
const addressOf = ({ object, house, street, settlement, municipality }: Place): string =>
  [object, [street, house].filter(Boolean).join(' '), settlement, municipality].filter(Boolean).join(', ');

const isoOf = (at: Instant | null): string | null =>
  at === null || !isSensible(at) ? null : new Date(at).toISOString();

/** The answer given in public, or else how far it has come, in the registry's words. */
function notesOf({ replies, step }: Incident): string {
  const published = replies.findLast(({ publishedAt }) => publishedAt !== null);
  return withoutIdentifiers(published?.text ?? stepWord(step.name));
}

/**
 * An incident as Open311 shows it. There is no field for the author, and no words hold what tells who a
 * person is.
 */
export function requestView(incident: Incident, handedIn: HandedIn | null, directory: PartnerDirectory) {
  const { id, number, step, classification, text, createdAt, due, history, place } = incident;
  const agency = currentAgency(incident);
  return {
    service_request_id: id,
    status: isClosed(step) ? 'closed' : 'open',
    status_notes: notesOf(incident),
    service_name: classification === null ? null : plainName(classification.topic),
    service_code: classification === null ? UNSORTED : serviceCode(classification.topic),
    description: cut(withoutIdentifiers(text)),
    agency_responsible: agency === null ? null : (directory.agencyNames.get(agency) ?? agency),
    service_notice: number === null ? null : `Номер в центре: ${number}`,
    requested_datetime: isoOf(createdAt),
    updated_datetime: isoOf(history.findLast(({ at }) => isSensible(at))?.at ?? createdAt),
    expected_datetime: isoOf(due?.at ?? null),
    address: withoutIdentifiers(handedIn?.address ?? addressOf(place)) || null,
    address_id: handedIn?.address_id ?? null,
    zipcode: null,
    lat: handedIn?.lat ?? null,
    long: handedIn?.long ?? null,
    media_url: handedIn?.media_url ?? null,
  };
}
