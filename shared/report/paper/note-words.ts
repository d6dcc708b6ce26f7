import type { Language } from '#shared/text/duration.ts';
import type { PeriodForm } from '#shared/report/facts/period.ts';

/** Words of the short note. */
export interface NoteWords {
  readonly title: Readonly<Record<PeriodForm, string>>;
  /** The period it is compared with. */
  readonly previous: Readonly<Record<PeriodForm, string>>;
  readonly next: string;
  readonly measure: string;
  readonly now: string;
  readonly change: string;
  readonly mean: string;
  readonly inTime: string;
  readonly points: string;
  readonly overdue: string;
  readonly overdueNone: string;
  readonly overdueLine: string;
  readonly promisesNone: string;
  readonly promisesMore: string;
  readonly late: string;
  readonly day: string;
  readonly number: string;
  readonly about: string;
  readonly nobody: string;
  readonly watch: string;
  readonly watchNone: string;
  readonly nothing: string;
  readonly riser: string;
  readonly peak: string;
  readonly slower: string;
  readonly lessInTime: string;
  readonly agencyLate: string;
  readonly repeats: string;
  readonly promisesLate: string;
}

export const NOTE_WORDS: Readonly<Record<Language, NoteWords>> = {
  ru: {
    title: {
      week: 'Недельная записка',
      month: 'Записка за месяц',
      quarter: 'Записка за квартал',
      year: 'Записка за год',
      custom: 'Записка',
    },
    previous: {
      week: 'прошлая неделя',
      month: 'прошлый месяц',
      quarter: 'прошлый квартал',
      year: 'прошлый год',
      custom: 'прошлый период',
    },
    next: 'Обещано на дни до {to}',
    measure: 'показатель',
    now: 'сейчас',
    change: 'изменение',
    mean: 'среднее до первого ответа, рабочее время',
    inTime: 'ответы в срок',
    points: '{change} п. п.',
    overdue: 'Просрочено сейчас',
    overdueNone: 'Просроченных ответов нет.',
    overdueLine: 'Ответа нет, а срок вышел: {count}.',
    promisesNone: 'Обещаний с датой нет.',
    promisesMore: 'Всего {count}, здесь ближайшие {shown}.',
    late: 'просрочено',
    day: 'до какого дня',
    number: '№',
    about: 'о чём и где',
    nobody: 'ведомство не назначено',
    watch: 'На что смотреть',
    watchNone: 'Заметных отклонений от обычного нет.',
    nothing: 'За этот период сообщений не поступило.',
    riser: 'Пишут чаще: {topic} — было {before}, стало {count}.',
    peak: '{date} пришло {count}, обычно для этого дня недели — {usual}.',
    slower: 'Ответа ждут дольше: было {before}, стало {now}.',
    lessInTime: 'Доля ответов в срок снизилась: {before} → {now}.',
    agencyLate: '{agency}: позже срока {late} из {answered}.',
    repeats: 'Повторных обращений {count} — {share} поступивших.',
    promisesLate: 'Не исполнено к обещанному дню: {count}.',
  },
  en: {
    title: {
      week: 'Weekly note',
      month: 'Note of the month',
      quarter: 'Note of the quarter',
      year: 'Note of the year',
      custom: 'Note',
    },
    previous: {
      week: 'last week',
      month: 'last month',
      quarter: 'last quarter',
      year: 'last year',
      custom: 'the period before',
    },
    next: 'Promised for days up to {to}',
    measure: 'measure',
    now: 'now',
    change: 'change',
    mean: 'mean to first reply, working time',
    inTime: 'replies in time',
    points: '{change} pp',
    overdue: 'Overdue now',
    overdueNone: 'No reply is overdue.',
    overdueLine: 'No reply, and the deadline is past: {count}.',
    promisesNone: 'No dated promises.',
    promisesMore: '{count} in all, the nearest {shown} here.',
    late: 'late',
    day: 'by what day',
    number: 'No.',
    about: 'what and where',
    nobody: 'no agency assigned',
    watch: 'What to watch',
    watchNone: 'Nothing stands out from the usual.',
    nothing: 'No messages came in this period.',
    riser: 'More often: {topic} — {before} before, {count} now.',
    peak: '{date}: {count} came, {usual} is usual for that weekday.',
    slower: 'Replies take longer: {before} before, {now} now.',
    lessInTime: 'Fewer replies in time: {before} → {now}.',
    agencyLate: '{agency}: {late} of {answered} late.',
    repeats: 'Repeats: {count}, {share} of what came.',
    promisesLate: 'Not kept by the promised day: {count}.',
  },
};
