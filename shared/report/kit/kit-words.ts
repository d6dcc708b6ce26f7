import type { Language } from '#shared/text/duration.ts';

/** Words of the broadcast kit. */
export interface KitWords {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly count: string;
  readonly quotes: string;
  readonly answers: string;
  readonly noAnswers: string;
  readonly times: string;
  readonly others: string;
  readonly hidden: string;
}

export const KIT_WORDS: Readonly<Record<Language, KitWords>> = {
  ru: {
    title: 'Материалы к эфиру',
    lead: 'Сообщений ведомству за период: {received}. Ниже — о чём спрашивали чаще всего.',
    none: 'За этот период ведомству ничего не направляли.',
    count: 'сообщений: {count}',
    quotes: 'Как спрашивали',
    answers: 'Как обычно отвечали',
    noAnswers: 'Опубликованных ответов ведомства пока нет.',
    times: 'похожих ответов: {count}',
    others: 'На другие темы: {count}.',
    hidden:
      'Обезличено автоматически: скрыты имена, телефоны, ссылки, номера домов и квартир. ' +
      'Перечитайте перед эфиром.',
  },
  en: {
    title: 'Broadcast kit',
    lead: 'Messages for the agency in the period: {received}. Below is what was asked most.',
    none: 'Nothing was passed to the agency in this period.',
    count: 'messages: {count}',
    quotes: 'How they asked',
    answers: 'The usual answers',
    noAnswers: 'The agency has no published answers yet.',
    times: 'answers like this: {count}',
    others: 'On other topics: {count}.',
    hidden:
      'De-identified automatically: names, phones, links, house and flat numbers are hidden. ' +
      'Read it over before the broadcast.',
  },
};
