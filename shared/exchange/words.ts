import type { ClosingReason, IncidentType, Outcome } from '#shared/domain/incident.ts';
import type { StepName } from '#shared/domain/step.ts';
import { COLUMN, type ColumnKey } from './columns.ts';

/**
 * The registry's own words. «Готово», «Оценка удовлетворенности», the types, outcomes and reasons are from
 * its data; the names of the other steps follow from its timing columns, so several spellings of them are
 * understood. First is what we write.
 */
const STEPS: Readonly<Record<StepName, readonly string[]>> = {
  new: ['Создан', 'Создано', 'Новый', 'Новое', 'Новая', 'Зарегистрирован', 'Создан инцидент'],
  returned: ['Возвращён в центр', 'Возвращено', 'Возврат', 'На возврате'],
  reopened: ['Возобновлён', 'Возобновлено', 'Открыт повторно', 'Переоткрыт'],
  assigned: [
    'Назначен исполнитель',
    'Назначено',
    'Назначен',
    'Назначение исполнителя',
    'Распределён',
    'Направлено',
  ],
  in_progress: ['В работе', 'Подготовка ответа', 'Принято в работу', 'Взято в работу'],
  approval: ['Ответ на согласовании', 'На согласовании', 'Согласование', 'Согласование ответа'],
  publishing: ['Публикация ответа', 'Публикация', 'На публикации', 'Ожидает публикации'],
  satisfaction: ['Оценка удовлетворенности'],
  done: ['Готово', 'Закрыт', 'Закрыто', 'Завершён', 'Завершено', 'Решён', 'Решено'],
  deferred: ['Отложен', 'Отложено'],
  rejected: ['Отклонён', 'Отклонено', 'Не принят в работу', 'Аннулирован'],
  merged: ['Объединён', 'Объединено'],
};

const TYPES: Readonly<Record<IncidentType, readonly string[]>> = {
  solvable: ['Решаемый'],
  informational: ['Информационный'],
  unsolvable: ['Не решаемый', 'Нерешаемый'],
};

const OUTCOMES: Readonly<Record<Outcome, readonly string[]>> = {
  solved: ['Решено'],
  explained: ['Разъяснено'],
  not_solved: ['Не решено', 'Нерешено'],
  postponed: ['Отложено'],
  forwarded: ['Перенаправлено'],
};

const REASONS: Readonly<Record<Exclude<ClosingReason, 'grade'>, readonly string[]>> = {
  author_pleased: ['Автор доволен'],
  author_silent: ['Нет ответа от автора'],
  dialogue_pointless: ['Дальнейший диалог нецелесообразен'],
};

const wordKey = (text: string): string =>
  text.trim().toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ');

const reader = <N extends string>(words: Readonly<Record<N, readonly string[]>>) => {
  const names = new Map(
    Object.entries<readonly string[]>(words).flatMap(([name, spellings]) =>
      spellings.map((spelling): [string, N] => [wordKey(spelling), name as N]),
    ),
  );
  return (text: string): N | null => names.get(wordKey(text)) ?? null;
};

/** The step a word of column Q means; null for a word we have never seen. */
export const readStep = reader(STEPS);
/** The type a word of column AC means, or null. */
export const readType = reader(TYPES);
/**
 * The outcome a word of column AD means; null for «Закрыто», «В работе» and other words that say nothing of
 * it.
 */
export const readOutcome = reader(OUTCOMES);

const readReason = reader(REASONS);

/** Column AM: words, or the survey's mark alone. Null when it is neither. */
export function readClosing(
  text: string,
): { readonly reason: ClosingReason; readonly grade: number | null } | null {
  if (/^[1-5]$/.test(text.trim())) return { reason: 'grade', grade: Number(text) };
  const reason = readReason(text);
  return reason === null ? null : { reason, grade: null };
}

const first = (spellings: readonly string[]): string => spellings[0] ?? '';

/** The step as we write it in column Q. */
export const stepWord = (step: StepName): string => first(STEPS[step]);
/** The type as the registry writes it. */
export const typeWord = (type: IncidentType): string => first(TYPES[type]);
/** The outcome as the registry writes it. */
export const outcomeWord = (outcome: Outcome): string => first(OUTCOMES[outcome]);
/** The closing reason as the registry writes it: a survey's mark stands in its place. */
export const closingWord = (reason: ClosingReason, grade: number | null): string =>
  reason === 'grade' ? String(grade ?? '') : first(REASONS[reason]);

/** «Да»/«Нет». */
export const yesNoWord = (value: boolean): string => (value ? 'Да' : 'Нет');

/** Spellings of «Да» and «Нет» by various programs. */
const YES: ReadonlySet<string> = new Set(['да', 'yes', 'true', '1', 'истина', 'есть', '+']);
const NO: ReadonlySet<string> = new Set(['нет', 'no', 'false', '0', 'ложь', '-', '–', '—']);

/** Tells whether a cell says «Да». */
export const isYes = (text: string): boolean => YES.has(wordKey(text));

/** Words of column AD that say nothing of the outcome, and the hyphen that stands for «no answer». */
const NEUTRAL: ReadonlySet<string> = new Set(['закрыто', 'в работе', 'отклонено', '-', '–', '—']);

/** Tells whether a column of known words has a word we know; other columns may say anything. */
export function isKnownWord(key: ColumnKey, text: string): boolean {
  const word = wordKey(text);
  if (text === '') return true;
  if (COLUMN[key].kind === 'yesNo' || key === 'agencyInTime') return YES.has(word) || NO.has(word);
  switch (key) {
    case 'step':
      return readStep(text) !== null;
    case 'type':
      return readType(text) !== null;
    case 'outcome':
      return readOutcome(text) !== null || NEUTRAL.has(word);
    case 'closingReason':
      return readClosing(text) !== null || NEUTRAL.has(word);
    default:
      return true;
  }
}

/**
 * The words a column of known words may be told to mean, as the registry writes them; none for other columns.
 */
export function wordsOfColumn(key: ColumnKey): readonly string[] {
  if (COLUMN[key].kind === 'yesNo' || key === 'agencyInTime') return ['Да', 'Нет'];
  const words: Partial<Record<ColumnKey, readonly (readonly string[])[]>> = {
    step: Object.values(STEPS),
    type: Object.values(TYPES),
    outcome: Object.values(OUTCOMES),
    closingReason: Object.values(REASONS),
  };
  return words[key]?.map(first) ?? [];
}
