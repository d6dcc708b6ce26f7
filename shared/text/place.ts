import { alternatives } from './alternatives.ts';
import type { Directory } from '#shared/domain/directory.ts';
import { gazetteerOf, placeStem, type Gazetteer, type PlaceName } from './gazetteer.ts';
import { tokenise, type Token } from './tokens.ts';

/**
 * The part of the text in which a part of the place was read; `isInferred` when it follows from another part
 * instead (a street known in one town only).
 */
export type PlaceEvidence = {
  readonly field: 'municipality' | 'settlement' | 'street' | 'house' | 'object';
  readonly start: number;
  readonly end: number;
  readonly isInferred: boolean;
};

/** A place read from a message: names as the directory has them, `null` where nothing was found. */
export type FoundPlace = {
  readonly municipality: string | null;
  readonly settlement: string | null;
  readonly street: string | null;
  readonly house: string | null;
  readonly object: string | null;
  readonly evidence: readonly PlaceEvidence[];
};

type Found<T> = { readonly value: T; readonly from: number; readonly to: number };

const STREET_MARKERS = new Set(
  `ул улица улице улицы улицу улицей пер переулок переулке переулка проспект проспекте проспекта пр просп
  шоссе бульвар бульваре площадь площади проезд проезде набережная набережной мкр микрорайон
  микрорайоне`.split(/\s+/),
);
const SETTLEMENT_MARKERS = new Set(
  `г город городе города с село селе села п пос поселок поселке поселка пгт деревня деревне деревни станция
  станции ст`.split(/\s+/),
);
/** After these a number is no house: «на Ленина 5 дней нет света». */
const UNITS = new RegExp(
  `^(?:${alternatives(`
    дн день час мин сут недел месяц год лет раз руб человек метр км шт числ январ феврал март апрел ма[яй] июн
    июл август сентябр октябр ноябр декабр улиц автобус подъезд этаж квартир
  `)})`,
  'u',
);
const HOUSE =
  /^[\s,]*(?<marker>(?:д(?:ом[аеу]?)?(?!\p{L})\.?|№)\s*(?:№\s*)?)?(?<house>\d{1,4}(?:\s?[а-г](?!\p{L})|[а-я](?!\p{L}))?(?:\s?\/\s?\d{1,3}[а-я]?)?(?:,?\s?(?:к|корп|корпус|стр)\.?\s?\d{1,2})?)(?![\p{N}.]\p{N}|-?[яйе]\s|\p{L})\s*(?<next>\p{L}*)/iu;
const OBJECT =
  /(?<!\p{L})(школ|гимнази|лице|детск(?:ий|ого|ом) сад|детсад|поликлиник|больниц|садик)\p{L}*(?:\s*(?:№|номер|n))?\s*(\d{1,3})(?![\p{N}.])/iu;
const OBJECT_NAMES: Readonly<Record<string, string>> = {
  школ: 'Школа',
  гимнази: 'Гимназия',
  лице: 'Лицей',
  поликлиник: 'Поликлиника',
  больниц: 'Больница',
};

/**
 * Reads municipality, settlement, street, house and a numbered object from a resident's message. Only names
 * of the directory make a settlement; a street is a known one or whatever follows «ул.». A guess for the
 * operator to confirm, never a decision.
 */
export function findPlace(text: string, directory: Pick<Directory, 'municipalities'>): FoundPlace {
  // From here on `stem` is the name's own, see placeStem.
  const tokens = tokenise(text).map((token): Token => ({ ...token, stem: placeStem(token.norm) }));
  const gazetteer = gazetteerOf(directory);
  const district = firstMatch(tokens, gazetteer.municipalities, () => true);
  const street = findStreet(text, tokens, gazetteer);
  const settlement = firstMatch(tokens, gazetteer.settlements, (name, index) => {
    const isTaken = [district, street].some(
      (other) => other !== null && index < other.to && other.from < index + name.stems.length,
    );
    return !isTaken && looksLikeSettlement(name, tokens, index);
  });
  const evidence: PlaceEvidence[] = [];
  const note = (field: PlaceEvidence['field'], found: Found<unknown> | null, isInferred = false): void => {
    const [first, last] = found === null ? [] : [tokens[found.from], tokens[found.to - 1]];
    if (first !== undefined && last !== undefined) {
      evidence.push({ field, start: first.start, end: last.end, isInferred });
    }
  };
  const byStreet = street?.value.known ?? null;
  const town = settlement?.value.settlement ?? (district === null ? (byStreet?.settlement ?? null) : null);
  const area = district?.value ?? settlement?.value ?? byStreet;
  note('municipality', district ?? settlement ?? (area === null ? null : street), district === null);
  note('settlement', settlement ?? (town === null ? null : street), settlement === null);
  note('street', street);
  const house = street === null ? null : findHouse(text, tokens, street.to);
  if (house !== null) {
    evidence.push({ field: 'house', start: house.start, end: house.end, isInferred: false });
  }
  const object = findObject(text, evidence);
  return {
    municipality: area?.municipality.name ?? null,
    settlement: town?.name ?? null,
    street: street?.value.name ?? null,
    house: house?.house ?? null,
    object,
    evidence,
  };
}

function matchesAt(tokens: readonly Token[], index: number, stems: readonly string[]): boolean {
  return stems.every((stem, offset) => tokens[index + offset]?.stem === stem);
}

function firstMatch(
  tokens: readonly Token[],
  names: ReadonlyMap<string, readonly PlaceName[]>,
  accept: (name: PlaceName, index: number) => boolean,
): Found<PlaceName> | null {
  for (const [index, token] of tokens.entries()) {
    const fitting = (names.get(token.stem) ?? []).filter(
      (name) => matchesAt(tokens, index, name.stems) && accept(name, index),
    );
    const name =
      fitting.find((name) => name.words.every((word, offset) => tokens[index + offset]?.norm === word)) ??
      fitting[0];
    if (name !== undefined) {
      return { value: name, from: index, to: index + name.stems.length };
    }
  }
  return null;
}

const isCapital = (token: Token | undefined): boolean =>
  token !== undefined && token.text[0] !== token.norm[0];

/**
 * «Новый» is a village only after «посёлок», or with a capital inside a sentence; «Смидович» is one in any
 * case of letters.
 */
function looksLikeSettlement(name: PlaceName, tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before !== undefined && SETTLEMENT_MARKERS.has(before.norm)) {
    return true;
  }
  if (!name.isPlainWord) {
    return true;
  }
  const isInside =
    before !== undefined && ['в', 'во', 'из', 'до', 'на', 'под', 'от', 'около', 'у'].includes(before.norm);
  return isCapital(tokens[index]) && isInside;
}

type Street = { readonly name: string; readonly known: PlaceName | null };

function findStreet(text: string, tokens: readonly Token[], gazetteer: Gazetteer): Found<Street> | null {
  const known = firstMatch(tokens, gazetteer.streets, (name, index) => {
    const end = index + name.stems.length;
    const isMarked = isMarker(tokens[index - 1]) || isMarker(tokens[end]);
    // Without «улица» a name must look like an address: «на Ленина», «Ленина 12»; «Советская власть» is none.
    const isTown = SETTLEMENT_MARKERS.has(tokens[index - 1]?.norm ?? '');
    return (
      isMarked ||
      (!isTown &&
        isCapital(tokens[index]) &&
        (isOn(tokens[index - 1]) || findHouse(text, tokens, end) !== null))
    );
  });
  if (known !== null) {
    const { value, from, to } = known;
    return { value: { name: value.street ?? '', known: value }, from, to };
  }
  for (const [index, token] of tokens.entries()) {
    const from = index + 1;
    if (isMarker(token) && isCapital(tokens[from])) {
      const to =
        isCapital(tokens[from + 1]) && /^[\s-]$/.test(text.slice(tokens[from]?.end, tokens[from + 1]?.start))
          ? from + 2
          : from + 1;
      const name = text.slice(tokens[from]?.start, tokens[to - 1]?.end);
      return { value: { name, known: null }, from, to };
    }
  }
  return null;
}

const isMarker = (token: Token | undefined): boolean => token !== undefined && STREET_MARKERS.has(token.norm);
const isOn = (token: Token | undefined): boolean => token !== undefined && ['на', 'по'].includes(token.norm);

function findHouse(
  text: string,
  tokens: readonly Token[],
  after: number,
): { house: string; start: number; end: number } | null {
  const last = tokens[after - 1];
  const from = isMarker(tokens[after]) ? (tokens[after]?.end ?? text.length) : (last?.end ?? text.length);
  const match = HOUSE.exec(text.slice(from));
  const house = match?.groups?.house;
  if (match === null || house === undefined) {
    return null;
  }
  const start = from + match[0].indexOf(house, match.groups?.marker?.length ?? 0);
  const own = withoutWordAfter(house, text.slice(start + house.length));
  const next = own === house ? (match.groups?.next ?? '').toLowerCase() : '';
  if (match.groups?.marker === undefined && UNITS.test(next)) {
    return null;
  }
  return { house: tidyHouse(own), start, end: start + own.length };
}

/** A letter that stands apart from its number. */
const LETTER_APART = /\s(?<letter>[вг])$/iu;
/** Goes on with an address, so that what stands before it is a part of the house. */
const ADDRESS_GOES_ON = /^\s+(?:кв|квартира|к|корп|корпус|стр|строение|п|под|подъезд|эт|этаж)(?!\p{L})/iu;

/**
 * Leaves a letter out that is a word of what follows: «12 в подъезде», «12 г. Биробиджан». A capital among
 * small letters is the house's: «12 В нет света».
 */
function withoutWordAfter(house: string, rest: string): string {
  const letter = LETTER_APART.exec(house)?.groups?.letter;
  if (letter === undefined || ADDRESS_GOES_ON.test(rest)) return house;
  const isWord = letter.toLowerCase() === 'в' ? isPreposition(letter, rest) : /^\.?\s+\p{Lu}/u.test(rest);
  return isWord ? house.replace(LETTER_APART, '') : house;
}

function isPreposition(letter: string, rest: string): boolean {
  const next = /^\s+(?<word>[\p{L}\p{N}]+)/u.exec(rest)?.groups?.word;
  return next !== undefined && (letter === 'в' || next === next.toUpperCase());
}

/** «12 корп. 2» -> «12 к2», «27 А» -> «27а»: one way to write a house, so that addresses can be compared. */
function tidyHouse(house: string): string {
  return house
    .toLowerCase()
    .replaceAll(/[\s,]+/g, '')
    .replace(/(?:корпус|корп|к)\.?(\d+)$/, ' к$1')
    .replace(/стр\.?(\d+)$/, ' стр$1');
}

function findObject(text: string, evidence: PlaceEvidence[]): string | null {
  const match = OBJECT.exec(text);
  const [whole, word, number] = match ?? [];
  if (match === null || whole === undefined || word === undefined || number === undefined) {
    return null;
  }
  evidence.push({ field: 'object', start: match.index, end: match.index + whole.length, isInferred: false });
  return `${OBJECT_NAMES[word.toLowerCase()] ?? 'Детский сад'} № ${number}`;
}
