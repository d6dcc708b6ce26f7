/** A document as every candidate stores it: twelve fields, about 1 KB of JSON, Russian text. */
export interface BenchDocument {
  readonly id: string;
  readonly regNo: string;
  readonly createdAt: number;
  readonly deadline: number;
  readonly status: string;
  readonly topic: string;
  readonly region: string;
  readonly assignee: string;
  readonly priority: number;
  readonly month: string;
  readonly text: string;
  readonly version: number;
}

export const STATUSES = ['new', 'triaged', 'routed', 'in_work', 'answered', 'closed'] as const;
export const TOPICS = Array.from({ length: 20 }, (_, index) => `topic${String(index).padStart(2, '0')}`);
export const MONTHS = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`);
export const REPORT_MONTH = '2025-03';
/** Occurs in about one document in a hundred. */
export const RARE_WORD = 'водопровод';

const DAY = 86_400_000;
const VOCABULARY = 5000;
const SYLLABLES =
  'ба ве го ду же за ки ло му на пе ро си та ту ук фе хо це чи шо ще ям рь ста при кол мен дор гор ход'.split(
    ' ',
  );
const COMMON =
  `жалоба дорога отопление двор крыша подъезд мусор вода свет ремонт прошу принять меры улица дом компания
  лифт освещение яма тротуар площадка школа больница очередь автобус остановка снег уборка шум соседи
  горячая холодная труба протечка подвал запах парковка знак светофор переход`.split(/\s+/);

type Random = () => number;

/** mulberry32: small, fast, the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

function makeVocabulary(): readonly string[] {
  const random = randomFrom(7);
  const words = [...COMMON];
  while (words.length < VOCABULARY) {
    words.push(Array.from({ length: 2 + Math.floor(random() * 4) }, () => pick(SYLLABLES, random)).join(''));
  }
  return words;
}

const vocabulary = makeVocabulary();

function makeText(random: Random): string {
  const rareAt = random() < 0.01 ? Math.floor(random() * 30) : -1;
  const words: string[] = [];
  for (let length = 0; length < 370;) {
    const word =
      words.length === rareAt ? RARE_WORD : (vocabulary[Math.floor(random() ** 3 * VOCABULARY)] as string);
    words.push(words.length % 9 === 8 ? `${word}.` : word);
    length += word.length + 1;
  }
  return words.join(' ');
}

function pickStatus(random: Random): string {
  const share = random();
  if (share < 0.08) return 'new';
  if (share < 0.16) return 'triaged';
  if (share < 0.26) return 'routed';
  if (share < 0.36) return 'in_work';
  return share < 0.5 ? 'answered' : 'closed';
}

const hex = (value: number, width: number): string => Math.floor(value).toString(16).padStart(width, '0');

/** The document number `index`: always the same one. */
export function makeDocument(index: number): BenchDocument {
  const random = randomFrom(index * 2_654_435_761 + 12_345);
  const month = Math.floor(random() * 12);
  const createdAt = Date.UTC(2025, month, 1) + Math.floor(random() * 28 * DAY);
  const prefix = hex(index, 8);
  return {
    id:
      `0194${prefix.slice(0, 4)}-${prefix.slice(4)}-7${hex(random() * 4096, 3)}-` +
      `a${hex(random() * 4096, 3)}-${hex(random() * 2 ** 48, 12)}`,
    regNo: `ОГ-${index}`,
    createdAt,
    deadline: createdAt + Math.floor((5 + random() * 25) * DAY),
    status: pickStatus(random),
    topic: TOPICS[Math.floor(random() * random() * 20)] as string,
    region: `r${Math.floor(random() * 40)}`,
    assignee: `op${Math.floor(random() * 50)}`,
    priority: Math.floor(random() * 4),
    month: MONTHS[month] as string,
    text: makeText(random),
    version: 1,
  };
}
