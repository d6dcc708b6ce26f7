import type { Directory, Municipality, Settlement } from '#shared/domain/directory.ts';
import { tokenise } from './tokens.ts';

/**
 * A name ready for matching: the stems of its words, and whether it could be an ordinary adjective («Новый»,
 * «Доброе»).
 */
export type PlaceName = {
  readonly stems: readonly string[];
  /** The name's words as the directory writes them, normalised: «Ленинск» and «Ленинское» share a stem. */
  readonly words: readonly string[];
  readonly municipality: Municipality;
  readonly settlement: Settlement | null;
  readonly street: string | null;
  readonly isPlainWord: boolean;
};

/** All names of a directory by the stem of their first word. */
export type Gazetteer = {
  readonly municipalities: ReadonlyMap<string, readonly PlaceName[]>;
  readonly settlements: ReadonlyMap<string, readonly PlaceName[]>;
  readonly streets: ReadonlyMap<string, readonly PlaceName[]>;
};

/**
 * Names that people write for other things as well: adjectives, and words such as «Самара», «Трек», «Бира».
 */
const PLAIN_WORD =
  /(?:ое|ый|ий|ая)$|^(?:Самара|Трек|Бира|Ин|Аур|Лазарево|Чурки|Кирово|Радде|Унгун|Ленинск)$/u;

/** The names of a directory: its municipalities with their settlements and streets. */
type Names = Pick<Directory, 'municipalities'>;

const built = new WeakMap<Names['municipalities'], Gazetteer>();

const CASE_ENDING =
  /(?:ыми|ими|ами|ями|ого|его|ому|ему|ой|ей|ом|ем|ая|яя|ое|ее|ые|ие|ый|ий|ую|юю|ым|им|ых|их|ою|ею|ам|ям|ах|ях|[аяоеуюыийь])$/;

/**
 * A name without its case ending. The general stemmer takes «Биробиджан» for a participle and cuts it
 * otherwise than «Биробиджане»; names only decline, so cutting declension is both simpler and right.
 */
export function placeStem(norm: string): string {
  return norm.length > 3 ? norm.replace(CASE_ENDING, '').replace(/ь$/, '') : norm;
}

function wordsOf(name: string): Pick<PlaceName, 'words' | 'stems'> {
  const words = tokenise(name).map((token) => token.norm);
  return { words, stems: words.map(placeStem) };
}

function byFirstStem(names: readonly PlaceName[]): Map<string, PlaceName[]> {
  return Map.groupBy(
    // A longer name is tried before a shorter one that begins alike: «Волочаевка-2» before «Волочаевка».
    names.toSorted((a, b) => b.stems.length - a.stems.length),
    (name) => name.stems[0] ?? '',
  );
}

/** The directory made ready for {@link findPlace}; built once a list of municipalities. */
export function gazetteerOf(directory: Names): Gazetteer {
  let gazetteer = built.get(directory.municipalities);
  if (gazetteer === undefined) {
    gazetteer = build(directory);
    built.set(directory.municipalities, gazetteer);
  }
  return gazetteer;
}

function build(directory: Names): Gazetteer {
  const municipalities: PlaceName[] = [];
  const settlements: PlaceName[] = [];
  const streets: PlaceName[] = [];
  for (const municipality of directory.municipalities) {
    const base = { municipality, settlement: null, street: null, isPlainWord: false };
    if (municipality.kind === 'district') {
      municipalities.push({ ...base, ...wordsOf(municipality.name) });
      municipalities.push({ ...base, ...wordsOf(municipality.name.replace('район', 'р-н')) });
    }
    for (const settlement of municipality.settlements) {
      settlements.push({
        ...base,
        settlement,
        ...wordsOf(settlement.name),
        isPlainWord: PLAIN_WORD.test(settlement.name),
      });
      for (const street of settlement.streets ?? []) {
        streets.push({ ...base, settlement, street, ...wordsOf(street) });
      }
    }
  }
  return {
    municipalities: byFirstStem(municipalities),
    settlements: byFirstStem(settlements),
    streets: byFirstStem(streets),
  };
}
