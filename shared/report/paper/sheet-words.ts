import type { Language } from '#shared/text/duration.ts';

/**
 * Words of the printed month. They live beside the sheet, not with the screens', because the API prints it
 * too.
 */
export interface SheetWords {
  readonly title: string;
  readonly centre: string;
  readonly received: string;
  readonly meanWorking: string;
  readonly workingClock: string;
  /** `{years}`: without a production calendar. */
  readonly withoutCalendar: string;
  /** `{count}` incidents, `{names}`: their numbers. */
  readonly unread: string;
  /** Before its figure. */
  readonly enteredLater: string;
  /** `{count}` acts. */
  readonly enteredLaterNote: string;
  readonly median: string;
  readonly wallClock: string;
  readonly inTime: string;
  readonly late: string;
  readonly solved: string;
  readonly explained: string;
  readonly toPrevious: string;
  readonly toChosen: string;
  /** The chosen period has no messages to compare with. */
  readonly chosenEmpty: string;
  readonly whatAbout: string;
  readonly topics: string;
  readonly group: string;
  readonly count: string;
  readonly share: string;
  readonly change: string;
  readonly otherGroups: string;
  readonly otherMunicipalities: string;
  readonly otherAgencies: string;
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
  /** Sentences with {figures} in braces: each is put in as a figure that opens. */
  readonly controlLine: string;
  readonly flowLine: string;
  readonly carriedLine: string;
  readonly clockLine: string;
  readonly made: string;
  /** Under an issued sheet. */
  readonly issued: string;
  readonly checksum: string;
  readonly empty: string;
  readonly unnamed: string;
  readonly total: string;
  readonly draft: string;
  readonly topicsSheet: string;
  readonly outcomes: string;
  readonly outcome: Readonly<Record<string, string>>;
  readonly network: Readonly<Record<string, string>>;
}

export const SHEET_WORDS: Readonly<Record<Language, SheetWords>> = {
  ru: {
    title: 'Работа с сообщениями жителей в социальных сетях',
    centre: 'Центр управления регионом',
    received: 'поступило сообщений',
    meanWorking: 'среднее до первого ответа',
    workingClock: 'рабочее время',
    withoutCalendar:
      'за {years} нет производственного календаря: рабочее время таких ответов не посчитано и в ' +
      'среднее не вошло',
    unread: 'не посчитано инцидентов: {count}, их записи в базе не читаются (№ {names})',
    enteredLater: 'введено позже',
    enteredLaterNote:
      'введено позже, чем произошло: действий {count}; оба момента стоят в историях сообщений',
    median: 'медиана',
    wallClock: 'по часам',
    inTime: 'ответов в срок',
    late: 'с опозданием',
    solved: 'решено за период',
    explained: 'разъяснено из поступивших',
    toPrevious: 'к прошлому периоду',
    toChosen: 'к периоду «{name}»',
    chosenEmpty: 'за период «{name}» сообщений нет',
    whatAbout: 'О чём пишут',
    topics: 'Самые частые темы',
    group: 'Группа тем',
    count: 'сообщений',
    share: 'доля',
    change: '+/−',
    otherGroups: 'Остальные',
    otherMunicipalities: 'Остальные муниципалитеты',
    otherAgencies: 'Остальные ведомства',
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
    controlLine:
      '{received} поступило = {rejected} отклонено + {merged} объединено + {taken} взято в работу; ' +
      '{takenAgain} = {finished} завершено + {inWork} в работе.',
    flowLine:
      'За период завершено {closed}, из них решено {solved}, в том числе {solvedBefore} по сообщениям ' +
      'прошлых периодов, поэтому число решённых не равно числу поступивших.',
    carriedLine: 'Из поступивших за период к его концу не завершено: {carriedOver}.',
    clockLine:
      'Среднее и медиана посчитаны по первым ответам ({answered}); сообщения без ответа ({notAnswered}) в ' +
      'них не входят. Рабочее время считается по производственному календарю региона, ' +
      '«по часам» — сутки подряд.',
    made: 'Состояние на {at}',
    issued: 'Выпуск {number} от {at}',
    checksum: 'Контрольная сумма SHA-256: {sha256}',
    empty: 'За этот период сообщений нет.',
    unnamed: 'не указано',
    total: 'Всего',
    draft: 'Черновик новости',
    topicsSheet: 'Темы',
    outcomes: 'Чем закончилось',
    outcome: {
      solved: 'решено',
      explained: 'разъяснено',
      not_solved: 'не решено',
      postponed: 'отложено',
      forwarded: 'перенаправлено',
    },
    network: { vk: 'ВКонтакте', ok: 'Одноклассники', telegram: 'Телеграм', max: 'MAX', other: 'Другое' },
  },
  en: {
    title: 'Residents’ messages in social networks',
    centre: 'Regional management centre',
    received: 'messages received',
    meanWorking: 'mean to first reply',
    workingClock: 'working time',
    withoutCalendar:
      'no production calendar for {years}: working time of such answers is not counted and not in the mean',
    unread: '{count} incidents are not counted, for their stored rows cannot be read (No. {names})',
    enteredLater: 'entered later',
    enteredLaterNote:
      'entered later than it happened: acts {count}; both moments stand in the histories of the messages',
    median: 'median',
    wallClock: 'wall clock',
    inTime: 'replies in time',
    late: 'late',
    solved: 'solved in the period',
    explained: 'explained, of those received',
    toPrevious: 'to the period before',
    toChosen: 'to {name}',
    chosenEmpty: 'no messages in {name}',
    whatAbout: 'What about',
    topics: 'Most frequent topics',
    group: 'Topic group',
    count: 'messages',
    share: 'share',
    change: '+/−',
    otherGroups: 'Other groups',
    otherMunicipalities: 'Other municipalities',
    otherAgencies: 'Other agencies',
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
    controlLine:
      '{received} received = {rejected} rejected + {merged} merged + {taken} taken to work; ' +
      '{takenAgain} = {finished} finished + {inWork} in work.',
    flowLine:
      'Finished in the period: {closed}, of them solved: {solved}, including {solvedBefore} from earlier ' +
      'periods, so solved does not equal received.',
    carriedLine: 'Of those received in the period, not finished by its end: {carriedOver}.',
    clockLine:
      'Mean and median are of first replies ({answered}); messages without a reply ({notAnswered}) are not ' +
      'in them. Working time follows the region’s production calendar; the wall clock runs day and night.',
    made: 'As of {at}',
    issued: 'Issue {number} of {at}',
    checksum: 'SHA-256 checksum: {sha256}',
    empty: 'No messages in this period.',
    unnamed: 'not stated',
    total: 'Total',
    draft: 'Draft of the news item, in Russian',
    topicsSheet: 'Topics',
    outcomes: 'How it ended',
    outcome: {
      solved: 'solved',
      explained: 'explained',
      not_solved: 'not solved',
      postponed: 'postponed',
      forwarded: 'forwarded',
    },
    network: { vk: 'VKontakte', ok: 'Odnoklassniki', telegram: 'Telegram', max: 'MAX', other: 'Other' },
  },
};
