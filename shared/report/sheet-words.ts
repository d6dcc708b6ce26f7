import type { Language } from '#shared/text/duration.ts';

/** Words of the printed month. They live beside the sheet, not with the screens', because the API prints it too. */
export interface SheetWords {
  readonly title: string;
  readonly centre: string;
  readonly asOf: string;
  readonly received: string;
  readonly meanWorking: string;
  readonly median: string;
  readonly wallClock: string;
  readonly inTime: string;
  readonly late: string;
  readonly solved: string;
  readonly explained: string;
  readonly noAnswers: string;
  readonly toPrevious: string;
  readonly whatAbout: string;
  readonly group: string;
  readonly count: string;
  readonly share: string;
  readonly change: string;
  readonly otherGroups: string;
  readonly whereFrom: string;
  readonly municipality: string;
  readonly perThousand: string;
  readonly networks: string;
  readonly whoAnswered: string;
  readonly agency: string;
  readonly got: string;
  readonly mean: string;
  readonly returns: string;
  readonly control: string;
  readonly controlLine: (c: {
    received: number;
    rejected: number;
    merged: number;
    taken: number;
    finished: number;
    inWork: number;
  }) => string;
  readonly flowLine: (f: {
    closed: number;
    solved: number;
    solvedFromBefore: number;
    carriedOver: number;
  }) => string;
  readonly clockLine: (answered: number, notAnswered: number) => string;
  readonly empty: string;
  readonly unnamed: string;
  readonly network: Readonly<Record<string, string>>;
}

export const SHEET_WORDS: Readonly<Record<Language, SheetWords>> = {
  ru: {
    title: 'Работа с сообщениями жителей в социальных сетях',
    centre: 'Центр управления регионом',
    asOf: 'по состоянию на',
    received: 'сообщений поступило',
    meanWorking: 'среднее до первого ответа, рабочее время',
    median: 'медиана',
    wallClock: 'по часам (сутки подряд)',
    inTime: 'ответов в срок',
    late: 'с опозданием',
    solved: 'решено за месяц',
    explained: 'разъяснено из поступивших',
    noAnswers: 'ответов ещё нет',
    toPrevious: 'к предыдущему месяцу',
    whatAbout: 'О чём пишут',
    group: 'Группа тем',
    count: 'сообщений',
    share: 'доля',
    change: 'изменение',
    otherGroups: 'Остальные группы',
    whereFrom: 'Откуда',
    municipality: 'Муниципалитет',
    perThousand: 'на 1 000 жителей',
    networks: 'Площадки',
    whoAnswered: 'Кто отвечал',
    agency: 'Ведомство',
    got: 'получено',
    mean: 'среднее, раб. время',
    returns: 'возвраты',
    control: 'Сверка.',
    controlLine: (c) =>
      `${c.received} поступило = ${c.rejected} отклонено + ${c.merged} объединено + ${c.taken} взято в работу; ` +
      `${c.taken} = ${c.finished} завершено + ${c.inWork} в работе.`,
    flowLine: (f) =>
      `Завершено за месяц ${f.closed}, из них решено ${f.solved} (в том числе ${f.solvedFromBefore} по сообщениям прошлых месяцев), ` +
      `поэтому число решённых не равно числу поступивших. Перешло дальше: ${f.carriedOver}.`,
    clockLine: (answered, notAnswered) =>
      `Среднее и медиана посчитаны по ${answered} первым ответам; ещё не отвеченные (${notAnswered}) в них не входят. ` +
      `Рабочее время считается по производственному календарю региона, «по часам» — сутки подряд.`,
    empty: 'За этот месяц сообщений нет.',
    unnamed: 'не указано',
    network: { vk: 'ВКонтакте', ok: 'Одноклассники', telegram: 'Телеграм', max: 'MAX', other: 'Другое' },
  },
  en: {
    title: 'Residents’ messages in social networks',
    centre: 'Regional management centre',
    asOf: 'as of',
    received: 'messages received',
    meanWorking: 'mean to first reply, working time',
    median: 'median',
    wallClock: 'wall clock (round the clock)',
    inTime: 'replies in time',
    late: 'late',
    solved: 'solved in the month',
    explained: 'explained, of those received',
    noAnswers: 'no replies yet',
    toPrevious: 'to the month before',
    whatAbout: 'What about',
    group: 'Topic group',
    count: 'messages',
    share: 'share',
    change: 'change',
    otherGroups: 'Other groups',
    whereFrom: 'Where from',
    municipality: 'Municipality',
    perThousand: 'per 1,000 residents',
    networks: 'Networks',
    whoAnswered: 'Who answered',
    agency: 'Agency',
    got: 'received',
    mean: 'mean, working time',
    returns: 'returns',
    control: 'Reconciliation.',
    controlLine: (c) =>
      `${c.received} received = ${c.rejected} rejected + ${c.merged} merged + ${c.taken} taken to work; ` +
      `${c.taken} = ${c.finished} finished + ${c.inWork} in work.`,
    flowLine: (f) =>
      `Finished in the month: ${f.closed}, of them solved: ${f.solved} (including ${f.solvedFromBefore} from earlier months), ` +
      `so solved does not equal received. Carried over: ${f.carriedOver}.`,
    clockLine: (answered, notAnswered) =>
      `Mean and median are of ${answered} first replies; those not yet answered (${notAnswered}) are not in them. ` +
      `Working time follows the region’s production calendar; the wall clock runs day and night.`,
    empty: 'No messages in this month.',
    unnamed: 'not stated',
    network: { vk: 'VKontakte', ok: 'Odnoklassniki', telegram: 'Telegram', max: 'MAX', other: 'Other' },
  },
};
