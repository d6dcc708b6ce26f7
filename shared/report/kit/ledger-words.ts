import type { Language } from '#shared/text/duration.ts';
import type { LedgerState } from './promise-ledger.ts';

/** Words of the ledger of promises. */
export interface LedgerWords {
  readonly title: string;
  readonly lead: string;
  readonly moved: string;
  readonly none: string;
  readonly centre: string;
  readonly agency: string;
  readonly street: string;
  readonly municipality: string;
  readonly number: string;
  readonly until: string;
  readonly words: string;
  readonly state: string;
  readonly movedTimes: string;
  readonly states: Readonly<Record<LedgerState, string>>;
  readonly others: string;
  readonly hidden: string;
}

export const LEDGER_WORDS: Readonly<Record<Language, LedgerWords>> = {
  ru: {
    title: 'Ведомость обещаний',
    lead:
      'Обещаний {all}: выполнено {kept}, не выполнено {broken}, ' +
      'срок прошёл и не отмечено {late}, ждёт {open}.',
    moved: 'Переносов: {moved}.',
    none: 'На этот период ничего не обещано.',
    centre: 'Центр',
    agency: 'ведомство',
    street: 'где',
    municipality: 'муниципалитет',
    number: '№',
    until: 'до',
    words: 'обещано',
    state: 'что стало',
    movedTimes: 'переносов',
    states: { kept: 'выполнено', broken: 'не выполнено', late: 'срок прошёл', open: 'ждёт' },
    others: 'Более поздних обещаний, которые не поместились: {count}.',
    hidden: 'Слова ответов обезличены автоматически: скрыты имена, телефоны, ссылки, номера домов и квартир.',
  },
  en: {
    title: 'Ledger of promises',
    lead: 'Promises {all}: {kept} kept, {broken} not kept, {late} past and not marked, {open} waiting.',
    moved: 'Moved: {moved} times.',
    none: 'Nothing was promised for this period.',
    centre: 'The centre',
    agency: 'agency',
    street: 'where',
    municipality: 'municipality',
    number: 'No.',
    until: 'by',
    words: 'promised',
    state: 'outcome',
    movedTimes: 'moved',
    states: { kept: 'kept', broken: 'not kept', late: 'past', open: 'waiting' },
    others: 'Later promises that had no room: {count}.',
    hidden:
      'The words of replies were de-identified automatically: ' +
      'names, phones, links, house and flat numbers are hidden.',
  },
};
