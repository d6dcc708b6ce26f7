import { v7 as uuidv7 } from 'uuid';
import { placeSchema } from '#shared/domain/command.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import { NO_PLACE, type Author, type Place } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { groundAt } from '#shared/domain/places.ts';
import { findPlace } from '#shared/text/place.ts';
import { outsideId } from '#server/sync/outside-id.ts';
import { applySystemCommand } from '#server/sync/system-command.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { Open311Failure } from './failures.ts';
import { attributesIn, mediaIn, notesOf, type Attribute } from './extras.ts';
import { fieldOf, valuesOf, type Form } from './form.ts';
import type { PartnerIdentity, Partners } from './partners.ts';
import { plainName, topicOfService, UNSORTED, type PartnerDirectory } from './partner-directory.ts';
import type { HandedIn } from './request-view.ts';

/** A request as a partner handed it in, checked. */
interface NewRequest extends HandedIn {
  readonly key: string | null;
  readonly topic: Topic | null;
  readonly text: string;
  readonly author: Author;
  readonly place: Place;
  readonly media: readonly string[];
  readonly attributes: readonly Attribute[];
}

const MAX_TEXT = 100_000;
/** A place is looked for in the beginning of a text, and each part of it is a short name. */
const MAX_READ = 4000;
const MAX_PART = 200;
/** Characters of a note. */
const MAX_NOTE = 5000;

/** A field no longer than the column or command that takes it. */
function limited(form: Form, name: string, max: number): string | null {
  const text = fieldOf(form, name);
  if (text !== null && text.length > max) throw new Open311Failure('invalid', name);
  return text;
}

function degrees(form: Form, name: string, max: number): number | null {
  const text = fieldOf(form, name);
  if (text === null) return null;
  const value = /^-?\d{1,3}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= max)) throw new Open311Failure('invalid', name);
  return value;
}

/** Who to answer and how. Both stand in the author, which observers and partners are never shown. */
function authorOf(form: Form): Author {
  const name = [limited(form, 'first_name', 100), limited(form, 'last_name', 100)].filter(Boolean).join(' ');
  const [phone, email] = [limited(form, 'phone', 50), limited(form, 'email', 200)];
  const url = phone !== null ? `tel:${phone}` : email !== null ? `mailto:${email}` : '';
  return { name: phone !== null && email !== null ? `${name} (${email})`.trim() : name, url };
}

function placeOf(form: Form, directory: PartnerDirectory, words: string, now: Instant): Place {
  const key = fieldOf(form, 'attribute[municipality]');
  const chosen = key === null ? null : directory.municipalities.find(({ id }) => id === key);
  if (chosen === undefined) throw new Open311Failure('invalid', 'attribute[municipality]');
  const { evidence: _evidence, ...found } = findPlace(words.slice(0, MAX_READ), directory);
  const place = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, (value ?? '').slice(0, MAX_PART)]),
  );
  const named = chosen?.name ?? found.municipality ?? '';
  return placeSchema.parse({
    ...place,
    municipality: groundAt(directory.municipalities, named, now).slice(0, MAX_PART),
  });
}

/** Fields that have one value: given twice, nobody knows which is meant. */
const SINGLE = [
  'service_code',
  'description',
  'lat',
  'long',
  'address_string',
  'address_id',
  'first_name',
  'last_name',
  'phone',
  'email',
];

function refuseRepeated(form: Form): void {
  for (const name of SINGLE)
    if (new Set(valuesOf(form, name)).size > 1) throw new Open311Failure('repeated', name);
}

function readRequest(form: Form, directory: PartnerDirectory, now: Instant): NewRequest {
  refuseRepeated(form);
  const code = fieldOf(form, 'service_code');
  if (code === null) throw new Open311Failure('missing', 'service_code');
  const topic = topicOfService(directory, code, now);
  if (topic === null && code !== UNSORTED) throw new Open311Failure('service');
  const [lat, long] = [degrees(form, 'lat', 90), degrees(form, 'long', 180)];
  const [address, addressId] = [limited(form, 'address_string', 500), limited(form, 'address_id', 200)];
  if ((lat === null) !== (long === null)) throw new Open311Failure('missing', lat === null ? 'lat' : 'long');
  if (lat === null && address === null && addressId === null)
    throw new Open311Failure('missing', 'lat, long / address_string / address_id');
  const text = limited(form, 'description', MAX_TEXT) ?? (topic === null ? null : plainName(topic.name));
  if (text === null) throw new Open311Failure('missing', 'description');
  const media = mediaIn(form);
  return {
    key: limited(form, 'attribute[external_id]', 200),
    service_code: code,
    topic,
    text,
    author: authorOf(form),
    place: placeOf(form, directory, address ?? text, now),
    address,
    address_id: addressId,
    lat,
    long,
    media,
    attributes: attributesIn(form),
    media_url: media[0] ?? null,
  };
}

/** Notes of what the operator must see and no field of an incident holds. */
function notesFor(
  { key, address, address_id: addressId, lat, long, media, attributes }: NewRequest,
  { name }: PartnerIdentity,
): readonly string[] {
  const lines = [
    `Передано системой: ${name}.`,
    key === null ? null : `Номер в ней: ${key}.`,
    address === null ? null : `Адрес: ${address}.`,
    addressId === null ? null : `Код адреса: ${addressId}.`,
    lat === null ? null : `Координаты: ${lat}, ${long}.`,
    ...attributes.map(({ name: field, value }) => `${field}: ${value}`),
    ...media.map((url) => `Вложение: ${url}`),
  ].filter((line) => line !== null);
  return notesOf(lines, MAX_NOTE);
}

function commandsOf(
  region: string,
  request: NewRequest,
  partner: PartnerIdentity,
  now: Instant,
): readonly IncidentCommand[] {
  const { text, author, topic, place, media } = request;
  const source = {
    network: 'other',
    kind: 'portal',
    url: '',
    placeUrl: '',
    audience: null,
    engagement: null,
  } as const;
  return [
    {
      name: 'register',
      args: { region, createdAt: now, text, source: { ...source, hasMedia: media.length > 0 }, author },
    },
    ...(topic === null
      ? []
      : [{ name: 'classify', args: { group: topic.group, topic: topic.name, from: '' } } as const]),
    ...(Object.values(place).every((part) => part === '')
      ? []
      : [{ name: 'place', args: { place, from: NO_PLACE } } as const]),
    ...notesFor(request, partner).map((note) => ({ name: 'note', args: { text: note } }) as const),
  ];
}

/** Gives an id that follows from the partner's own number, unless somebody has an incident under it. */
async function newIncidentId(
  tx: ScopedTransaction,
  region: string,
  partner: PartnerIdentity,
  { key }: NewRequest,
): Promise<string> {
  if (key === null) return uuidv7();
  const id = outsideId(region, 'partner', partner.id, key);
  const taken = await tx
    .selectFrom('incident')
    .select('id')
    .where('region_id', '=', region)
    .where('id', '=', id)
    .executeTakeFirst();
  return taken === undefined ? id : uuidv7();
}

/**
 * Gives the incident that this partner's request already became, or null and the key is taken for this one.
 */
async function takeKey(
  tx: ScopedTransaction,
  region: string,
  partner: PartnerIdentity,
  request: NewRequest,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<string | null> {
  const { key, service_code, address, address_id, lat, long, media_url } = request;
  const own = { region_id: region, partner_id: partner.id, key: key ?? id };
  const taken = await tx
    .insertInto('intake_request')
    .values({ ...own, incident_id: id, at: now, service_code, address, address_id, lat, long, media_url })
    .onConflict((conflict) => conflict.columns(['region_id', 'partner_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (taken !== undefined) return null;
  const before = await tx
    .selectFrom('intake_request')
    .select('incident_id')
    .where('region_id', '=', region)
    .where('partner_id', '=', partner.id)
    .where('key', '=', own.key)
    .executeTakeFirstOrThrow();
  return before.incident_id;
}

/**
 * Makes an incident of what a partner handed in, once for each number of the partner's own, by the same
 * commands as everybody's. Throws Open311Failure.
 */
export async function createRequest(
  tx: ScopedTransaction,
  { now: clock }: Pick<Partners, 'now'>,
  { region, partner }: { readonly region: string; readonly partner: PartnerIdentity },
  directory: PartnerDirectory,
  form: Form,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const now = clock();
  const request = readRequest(form, directory, now);
  const incident = await newIncidentId(tx, region, partner, request);
  const before = await takeKey(tx, region, partner, request, { id: incident, now });
  if (before !== null) return { id: before, isNew: false };
  const by = `partner:${partner.id}`;
  for (const command of commandsOf(region, request, partner, now)) {
    const refusal = await applySystemCommand(tx, { region, incident, by, command, now });
    if (refusal !== null) throw new Open311Failure('invalid', refusal.kind);
  }
  return { id: incident, isNew: true };
}
