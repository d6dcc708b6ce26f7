import { fieldsOf, numberIn, objectsOf, wordsIn, type Fields } from './lenient.ts';

/**
 * Puts into words what a resident shared instead of typing, for all networks alike: each thing is a line in
 * square brackets after his own words. Networks name the same things differently, so a thing is read by
 * whatever names its fields go by.
 */

/** A thing shared, as a network calls it, and what the network says of it. */
export interface Shared {
  readonly type: string;
  readonly fields: Fields;
}

/** Characters of one line; a forwarded text is not a line. */
const MAX_LINE = 1000;
/** Characters of the words that are answered. */
const MAX_QUOTE = 300;
/** Things named one by one; of more their number is said. */
const MAX_SHARED = 50;

/** How things are called, by the networks' own names in lower case. */
const NOUNS: Readonly<Record<string, string>> = {
  photo: 'Фотография',
  image: 'Фотография',
  picture: 'Фотография',
  video: 'Видео',
  video_note: 'Видеосообщение',
  movie: 'Видео',
  clip: 'Видео',
  animation: 'Анимация',
  gif: 'Анимация',
  audio: 'Аудиозапись',
  music: 'Аудиозапись',
  voice: 'Голосовое',
  audio_message: 'Голосовое',
  document: 'Документ',
  doc: 'Документ',
  file: 'Документ',
  sticker: 'Наклейка',
  ugc_sticker: 'Наклейка',
  graffiti: 'Рисунок',
  location: 'Место на карте',
  geo: 'Место на карте',
  venue: 'Место на карте',
  place: 'Место на карте',
  contact: 'Контакт',
  user: 'Контакт',
  poll: 'Опрос',
  quiz: 'Опрос',
  checklist: 'Список дел',
  link: 'Ссылка',
  share: 'Ссылка',
  text_link: 'Ссылка',
  article: 'Статья',
  story: 'История',
  wall: 'Запись',
  wall_reply: 'Комментарий',
  post: 'Запись',
  topic: 'Запись',
  reshare: 'Запись',
  dice: 'Кубик',
  game: 'Игра',
  giveaway: 'Розыгрыш',
  giveaway_winners: 'Итоги розыгрыша',
  invoice: 'Счёт',
  gift: 'Подарок',
  present: 'Подарок',
  market: 'Товар',
  product: 'Товар',
  market_album: 'Подборка товаров',
  album: 'Альбом',
  photos_list: 'Альбом',
  paid_media: 'Платная запись',
  podcast: 'Подкаст',
  audio_playlist: 'Плейлист',
  playlist: 'Плейлист',
  call: 'Звонок',
  group_call: 'Звонок',
  group_call_in_progress: 'Звонок',
  event: 'Мероприятие',
  note: 'Заметка',
  page: 'Страница',
  mini_app: 'Приложение',
  app: 'Приложение',
  donut_link: 'Ссылка',
};

/** Buttons under a message are a program's, not a resident's. */
const UNSAID = new Set(['inline_keyboard', 'reply_keyboard', 'keyboard']);

const PICTURES = new Set(['photo', 'image', 'picture']);
const TIMED = new Set([
  'Голосовое',
  'Видео',
  'Видеосообщение',
  'Аудиозапись',
  'Анимация',
  'Звонок',
  'Подкаст',
]);

/** The first of these fields that holds words, on one line. */
function first(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const found = wordsIn(fields[name]).replaceAll(/\s+/gu, ' ').trim();
    if (found !== '') return found;
  }
  return '';
}

const firstNumber = (fields: Fields, names: readonly string[]): number | null =>
  names.map((name) => numberIn(fields[name])).find((number) => number !== null) ?? null;

/** `0:14`, `1:02:03`. */
function clock(seconds: number): string {
  const whole = Math.min(Math.max(0, Math.round(seconds)), 359_999);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(rest).padStart(2, '0')}`;
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, '0')}:${tail}`;
}

const ADDRESS = /^https?:\/\/[^\s\]]{1,900}$/u;
const addressOf = (fields: Fields): string => {
  const found = first(fields, ['url', 'link', 'link_mp3', 'link_ogg', 'share_url', 'href', 'src', 'player']);
  return ADDRESS.test(found) ? found : '';
};

/** `48.7947, 132.9218`; VK writes both into one string in posts. */
function coordinatesOf(fields: Fields): string {
  const nested = [
    fields,
    fieldsOf(fields['coordinates']),
    fieldsOf(fields['location']),
    fieldsOf(fields['place']),
  ];
  for (const place of nested) {
    const lat = firstNumber(place, ['latitude', 'lat']);
    const long = firstNumber(place, ['longitude', 'long', 'lng', 'lon']);
    if (lat !== null && long !== null && Math.abs(lat) <= 90 && Math.abs(long) <= 180)
      return `${lat}, ${long}`;
  }
  const pair = /^\s*(-?\d{1,2}\.\d+)[\s,]+(-?\d{1,3}\.\d+)\s*$/u.exec(wordsIn(fields['coordinates']));
  return pair === null ? '' : `${pair[1]}, ${pair[2]}`;
}

function placeOf(fields: Fields): string {
  const place = { ...fieldsOf(fields['venue']), ...fieldsOf(fields['place']) };
  const parts = ['title', 'name', 'address', 'city'].flatMap((name) => [
    first(fields, [name]),
    first(place, [name]),
  ]);
  const named = [...new Set(parts.filter((found) => found !== ''))].join(', ');
  return [named, coordinatesOf(fields)].filter((found) => found !== '').join('; ');
}

/** A value of a vCard, by its name. */
const cardLine = (card: string, name: string): string =>
  new RegExp(String.raw`^(?:item\d+\.)?${name}(?:;[^:\n]*)?:(.*)$`, 'imu').exec(card)?.[1]?.trim() ?? '';

const personOf = (fields: Fields): string =>
  [first(fields, ['first_name']), first(fields, ['last_name'])].filter((found) => found !== '').join(' ') ||
  first(fields, ['name', 'title', 'username']);

function contactOf(fields: Fields): string {
  const card = wordsIn(fields['vcf_info']) || wordsIn(fields['vcard']);
  const person = personOf(fields) || personOf(fieldsOf(fields['max_info'])) || cardLine(card, 'FN');
  const phone = first(fields, ['phone_number', 'phone', 'vcf_phone']) || cardLine(card, 'TEL');
  return [person, phone].filter((found) => found !== '').join(', ');
}

/** A question with its answers, or a list with its items. */
function choicesOf(fields: Fields): string {
  const list = ['options', 'answers', 'tasks'].flatMap((name) => objectsOf(fields[name]));
  const choices = list.map((choice) => first(choice, ['text', 'title'])).filter((found) => found !== '');
  const head = first(fields, ['question', 'title', 'text']);
  return [head, choices.join('; ')].filter((found) => found !== '').join(' — ');
}

/** Anything else: what it is called, by whom, what it says, where it is. */
function namedOf(fields: Fields): string {
  const title = first(fields, ['title', 'name', 'file_name', 'filename', 'emoji', 'question']);
  const by = first(fields, ['artist', 'performer', 'author']);
  const text = first(fields, ['description', 'caption', 'prize_description', 'text', 'message']);
  const value = firstNumber(fields, ['value', 'winner_count']);
  return [by, title, value === null ? '' : String(value), text === title ? '' : text]
    .filter((found) => found !== '')
    .join(' — ');
}

/** The words of a recording, where the network has listened to it. */
const transcriptOf = (fields: Fields): string => first(fields, ['transcript', 'transcription']);

function detailOf(noun: string, fields: Fields): string {
  if (noun === 'Место на карте') return placeOf(fields);
  if (noun === 'Контакт') return contactOf(fields);
  if (noun === 'Опрос' || noun === 'Список дел') return choicesOf(fields);
  return namedOf(fields);
}

/** The line for one thing. */
export function lineOf({ type, fields }: Shared): string {
  const kind = type.toLowerCase();
  const noun = NOUNS[kind] ?? (kind === '' ? 'Вложение' : `Вложение «${kind.slice(0, 50)}»`);
  const seconds = TIMED.has(noun) ? firstNumber(fields, ['duration', 'length']) : null;
  const head = seconds === null ? noun : `${noun}, ${clock(seconds)}`;
  const transcript = transcriptOf(fields);
  const detail = [
    detailOf(noun, fields).slice(0, MAX_LINE),
    transcript === '' ? '' : `«${transcript}»`,
    addressOf(fields),
  ];
  const known = detail.filter((found) => found !== '').join(' — ');
  return bracketed(known === '' ? head : `${head}: ${known}`);
}

/** A bracket of somebody's own inside must not end ours. */
const bracketed = (text: string): string =>
  `[${text.replaceAll('[', '(').replaceAll(']', ')').toWellFormed()}]`;

/** Pictures that the card shows need no words; alone they are the whole message. */
const isPicture = ({ type }: Shared): boolean => PICTURES.has(type.toLowerCase());

/** Who said or shared something, in a heading. */
const headed = (head: string, by: string): string => bracketed(by === '' ? head : `${head}: ${by}`);

/** Words of somebody else: a forwarded message, a shared post. `text` holds what it shares itself. */
export function passedOn(head: 'Переслано' | 'Запись' | 'Комментарий', by: string, text: string): string {
  if (text.trim() === '') return by === '' ? '' : headed(head, by);
  return `${headed(head, by)}\n${text}`;
}

/** The words that are answered, in short. */
export function quoted(by: string, text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line === '') return by === '' ? '' : headed('В ответ на сообщение', by);
  const short = line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line;
  return headed('В ответ на слова', by === '' ? `«${short}»` : `«${short}», ${by}`);
}

/**
 * A resident's own words, then what he shared, then others' words, which have no end of their own; '' when
 * there is nothing of all that.
 */
export function contentOf(own: string, shared: readonly Shared[], others: readonly string[] = []): string {
  const items = shared.filter(({ type }) => !UNSAID.has(type.toLowerCase()));
  const texts = others.filter((text) => text.trim() !== '');
  const isShown = own.trim() !== '' || texts.length > 0 || items.some((item) => !isPicture(item));
  const named = items.filter((item) => !isPicture(item));
  const rest = named.length - MAX_SHARED;
  const lines = named.slice(0, MAX_SHARED).map(lineOf);
  if (!isShown)
    return items.length > 1 ? `[Фотографии: ${items.length}]` : items.length === 1 ? '[Фотография]' : '';
  const more = rest > 0 ? [`[И ещё вложений: ${rest}]`] : [];
  const tail = [...lines, ...more, ...texts].join('\n');
  return own.trim() === '' ? tail : tail === '' ? own : `${own}\n\n${tail}`;
}
