import { isFirstName } from '#shared/text/first-names.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { localTimeAt, type ZoneName } from '#shared/domain/time-zone.ts';
import type { VariableValues } from './variables.ts';

/** Names that only the directory knows, and where its days are told. */
export interface VariableBasis {
  readonly zone: ZoneName;
  /** The name of the agency that answers; '' where none holds the incident. */
  readonly agency: string;
}

/** In replies to residents of the region, whatever language the console speaks. */
const DAY = new Intl.DateTimeFormat('ru-RU', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** «3 декабря 2026 года» */
const dayWords = (at: Instant, zone: ZoneName): string =>
  DAY.format(new Date(`${localTimeAt(zone, at).date}T00:00:00Z`)).replace(/\sг\.$/u, ' года');

/** The author's first name, where what he calls himself in his network holds one. */
const firstNameOf = (name: string): string | null =>
  name.split(/\s+/u, 20).find((word) => word.length > 2 && isFirstName(word)) ?? null;

const orNone = (value: string): string | null => (value.trim() === '' ? null : value);

/** Gives what the variables of a template stand for in a reply to this incident's author. */
export function variableValues(incident: Incident, { zone, agency }: VariableBasis): VariableValues {
  const { author, place, number, createdAt, due, classification } = incident;
  const name = firstNameOf(author.name);
  return {
    обращение: name === null ? 'Здравствуйте!' : `Здравствуйте, ${name}!`,
    имя: name,
    адрес: orNone([place.settlement, place.street, place.house, place.object].filter(Boolean).join(', ')),
    муниципалитет: orNone(place.municipality),
    номер: number === null ? null : String(number),
    дата: dayWords(createdAt, zone),
    срок: due === null ? null : dayWords(due.at, zone),
    ведомство: orNone(agency),
    тема: orNone(classification?.topic ?? ''),
  };
}
