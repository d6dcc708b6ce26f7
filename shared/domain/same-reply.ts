import { openReply, type Incident, type Reply } from './incident.ts';
import { sameJson } from './same-json.ts';

/** «Здравствуйте, Иван Петрович!»: a greeting and whom it greets. */
const GREETING = new RegExp(
  '^[\\s"«]{0,5}(?:[Зз]дравствуйте|[Дд]обр(?:ый|ого|ое)\\s(?:день|дня|вечер|утро)|[Уу]важаем(?:ая|ый))' +
    '(?:[,\\s]{1,4}\\p{Lu}[\\p{L}-]{0,30}\\.?){0,4}\\s{0,3}[!,.]',
  'u',
);
/** The number and the day of the message that is answered; a house, a sum or a day of the work is none. */
const MESSAGE_NUMBER = new RegExp(
  '(?<!\\p{L})((?:обращени|сообщени|заявлени|заявк|инцидент)\\p{L}{0,3})\\s{0,3}(?:№|N)\\s{0,3}\\d[\\d/-]{0,30}' +
    '(?:\\s{0,3}от\\s{0,3}\\d{1,2}\\.\\d{1,2}\\.\\d{2,4})?',
  'giu',
);

/** A reply with something else in the place of its greeting; as it is where it greets nobody by name. */
export const withGreeting = (text: string, greeting: string): string =>
  text.replace(GREETING, () => greeting);

/**
 * Gives what a reply says whomever it is sent to: without its greeting with a name, and without the number of
 * the message it answers. All else counts, with every date, sum and house number.
 */
export const replyBody = (text: string): string =>
  text
    .normalize('NFC')
    .replace(GREETING, '')
    .replace(MESSAGE_NUMBER, '$1 №')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/**
 * Tells whether two replies are one to whoever approves them: of one kind, with the same files, promising the
 * same days, saying the same.
 */
export function saysTheSame(reply: Reply, other: Reply): boolean {
  const bindsTo = ({ kind, attachments = [], promises }: Reply) => [
    kind,
    attachments.map(({ hash }) => hash),
    promises.map(({ due }) => due),
  ];
  const body = replyBody(reply.text);
  return body !== '' && body === replyBody(other.text) && sameJson(bindsTo(reply), bindsTo(other));
}

/** The other incidents on approval whose reply {@link saysTheSame}, the longest wait first. */
export function othersWithSameReply(incident: Incident, incidents: readonly Incident[]): Incident[] {
  const reply = openReply(incident);
  if (reply === null) return [];
  const isSame = (other: Incident): boolean => {
    const waiting = other.step.name === 'approval' && other.id !== incident.id ? openReply(other) : null;
    return waiting !== null && saysTheSame(reply, waiting);
  };
  return incidents.filter(isSame).toSorted((a, b) => a.step.since - b.step.since);
}
