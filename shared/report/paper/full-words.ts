import type { Language } from '#shared/text/duration.ts';

/** Words of the sections that only the full summary has. */
export interface FullWords {
  readonly comparison: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly thisPeriod: string;
  readonly previous: string;
  readonly yearAgo: string;
  readonly yearToDate: string;
  readonly lastYearToDate: string;
  readonly received: string;
  readonly answered: string;
  readonly closed: string;
  readonly solved: string;
  readonly meanWorking: string;
  readonly inTime: string;
  readonly days: string;
  readonly daysNote: string;
  readonly usual: string;
  readonly groups: string;
  readonly yearAgoShort: string;
  readonly previousShort: string;
  readonly risers: string;
  readonly fallers: string;
  readonly movement: string;
  readonly municipalities: string;
  readonly tiles: string;
  readonly clocks: string;
  readonly within: string;
  readonly upTo: string;
  readonly longer: string;
  readonly working: string;
  readonly wall: string;
  readonly agencies: string;
  readonly late: string;
  readonly unanswered: string;
  readonly deferred: string;
  readonly repeats: string;
  readonly approval: string;
  readonly ownApprovals: string;
  readonly warned: string;
  readonly overlooked: string;
  readonly promises: string;
  readonly promisesKept: string;
  readonly promisesBroken: string;
  readonly promisesMoved: string;
  readonly rating: string;
  readonly ratingNote: string;
  readonly place: string;
  readonly points: string;
  readonly measures: Readonly<Record<string, string>>;
  readonly tooFew: string;
  readonly quality: string;
  readonly approvalLine: string;
  readonly ownApprovalLine: string;
  readonly warnedLine: string;
  readonly promisesLine: string;
  readonly promisesMovedLine: string;
  readonly repeatsLine: string;
  readonly interimLine: string;
  readonly deferredLine: string;
  readonly surveyLine: string;
  readonly gradeLine: string;
  readonly closingReasons: string;
  readonly rejectReasons: string;
  readonly types: string;
  readonly kinds: string;
  readonly closing: Readonly<Record<string, string>>;
  readonly reject: Readonly<Record<string, string>>;
  readonly type: Readonly<Record<string, string>>;
  readonly kind: Readonly<Record<string, string>>;
  readonly longest: string;
  readonly number: string;
  readonly when: string;
  readonly waiting: string;
  readonly campaigns: string;
  readonly campaignLine: string;
  readonly activities: string;
  readonly activityKind: Readonly<Record<string, string>>;
  readonly activityLine: string;
  readonly examples: string;
  readonly noPicture: string;
  readonly before: string;
  readonly after: string;
  readonly flow: string;
  readonly flowLine: string;
  /** In the line, where there are any. */
  readonly flowReopened: string;
}

export const FULL_WORDS: Readonly<Record<Language, FullWords>> = {
  ru: {
    comparison: 'Сравнение',
    period: 'Период',
    from: 'с',
    to: 'по',
    thisPeriod: 'этот период',
    previous: 'прошлый период',
    yearAgo: 'год назад',
    yearToDate: 'с начала года',
    lastYearToDate: 'за те же дни прошлого года',
    received: 'поступило',
    answered: 'отвечено',
    closed: 'завершено',
    solved: 'решено',
    meanWorking: 'среднее до ответа, раб. время',
    inTime: 'в срок',
    days: 'Сообщения по дням',
    usual: 'обычно',
    daysNote:
      'Тёмные столбцы — рабочие дни, светлые — выходные и праздники. Черта — обычное число для этого дня ' +
      'недели: медиана восьми недель до периода.',
    groups: 'Группы тем и темы',
    yearAgoShort: 'год назад',
    previousShort: 'было',
    risers: 'Пишут чаще',
    fallers: 'Пишут реже',
    movement: '{before} → {count}',
    municipalities: 'Муниципалитеты',
    tiles: 'Сообщений по районам: чем темнее, тем больше на 1 000 жителей',
    clocks: 'За какое время отвечали',
    within: 'время до ответа',
    upTo: 'до {time}',
    longer: 'дольше',
    working: 'рабочее время',
    wall: 'по часам',
    agencies: 'Ведомства',
    late: 'позже срока',
    unanswered: 'без ответа',
    deferred: 'отложено',
    repeats: 'повт.',
    approval: 'согласо\u00ADвание',
    ownApprovals: 'согласовано автором ответа',
    warned: 'отправлено вопреки проверке',
    overlooked: 'предупреждений оставлено',
    promises: 'обещания +/−',
    promisesKept: 'обещания выполнены',
    promisesBroken: 'обещания нарушены',
    promisesMoved: 'обещания перенесены, раз',
    rating: 'Рейтинг ведомств',
    ratingNote:
      'Сто баллов складываются из показателей; чего нельзя было измерить, в счёт не входит. Ведомства, ' +
      'у которых сообщений меньше {minimum}, места не получают.',
    place: 'место',
    points: 'баллы',
    measures: {
      speed: 'скорость',
      inTime: 'в срок',
      satisfaction: 'довольны',
      returns: 'возвраты',
      promises: 'обещания',
      repeats: 'повторы',
    },
    tooFew: 'мало сообщений',
    quality: 'Качество',
    approvalLine: 'На согласовании ответ был в среднем {mean}; согласовано ответов: {count}.',
    ownApprovalLine: 'Согласовано теми же, кто писал ответ: {own}.',
    warnedLine:
      'Отправлено на согласование вопреки проверке ответа: {warned}; предупреждений оставлено: {overlooked}.',
    promisesLine: 'Обещания с датой: выполнено {kept}, нарушено {broken}, в силе {open}.',
    promisesMovedLine: 'Перенесены на другой срок с объяснением: {moved}.',
    repeatsLine:
      'Повторные обращения: {count} ({share}): тот же автор или адрес, та же тема, ' +
      'до 90 дней после закрытия.',
    interimLine:
      'Промежуточных первых ответов {interim}, окончательный ответ после них дан в {done} случаях.',
    deferredLine: 'Откладывались до даты: {count}, ждут её сейчас: {now}.',
    surveyLine: 'Опросов отправлено {sent}, оценок получено {graded}, средняя {mean}.',
    gradeLine: 'оценка {grade}: {count}',
    closingReasons: 'Почему закрыты',
    rejectReasons: 'Почему отклонены',
    types: 'Тип',
    kinds: 'Вид',
    closing: {
      author_pleased: 'автор доволен',
      author_silent: 'нет ответа от автора',
      dialogue_pointless: 'дальнейший диалог нецелесообразен',
      grade: 'оценка',
    },
    reject: {
      spam: 'спам',
      insult: 'оскорбление',
      not_a_request: 'не обращение',
      outside_region: 'не наш регион',
      closed_profile: 'закрытый профиль',
      other: 'иное',
    },
    type: { solvable: 'решаемый', informational: 'информационный', unsolvable: 'не решаемый' },
    kind: { comment: 'комментарии', post: 'посты', direct: 'личные сообщения', other: 'иное' },
    longest: 'Дольше всех ждали первого ответа',
    number: '№',
    when: 'поступило',
    waiting: 'ещё без ответа',
    campaigns: 'Информационные кампании',
    campaignLine:
      '{from}–{to}. Сообщений на эти темы: за четыре недели до начала {before}, ' +
      'за время кампании {during}, за четыре недели после {after}. Публикаций {posts}.',
    activities: 'Мероприятия',
    activityKind: {
      seminar: 'Семинар',
      hearing: 'Доклад законодательному собранию',
      broadcast: 'Прямой эфир',
      meeting: 'Встреча',
      other: 'Мероприятие',
    },
    activityLine: 'ведомств {agencies}, участников {attended} из {invited} приглашённых',
    examples: 'Решённые вопросы',
    noPicture: 'Снимок ещё не пришёл на это рабочее место.',
    before: 'было',
    after: 'стало',
    flow: 'Движение.',
    flowLine:
      '{carriedIn} не завершено к началу + {received} поступило{reopened} = {closed} завершено + ' +
      '{rejected} отклонено + {merged} объединено + {carriedOut} не завершено к концу.',
    flowReopened: ' + {reopened} возвращено в работу',
  },
  en: {
    comparison: 'Comparison',
    period: 'Period',
    from: 'from',
    to: 'to',
    thisPeriod: 'this period',
    previous: 'the period before',
    yearAgo: 'a year ago',
    yearToDate: 'year to date',
    lastYearToDate: 'same days of last year',
    received: 'received',
    answered: 'answered',
    closed: 'finished',
    solved: 'solved',
    meanWorking: 'mean to reply, working time',
    inTime: 'in time',
    days: 'Messages by day',
    usual: 'usual',
    daysNote:
      'Dark bars are working days, light ones days off. The line is what is usual for that weekday: ' +
      'the median of the eight weeks before.',
    groups: 'Topic groups and topics',
    yearAgoShort: 'year ago',
    previousShort: 'before',
    risers: 'More often',
    fallers: 'Less often',
    movement: '{before} → {count}',
    municipalities: 'Municipalities',
    tiles: 'Messages by district: the darker, the more per 1,000 residents',
    clocks: 'How soon replies came',
    within: 'time to reply',
    upTo: 'up to {time}',
    longer: 'longer',
    working: 'working time',
    wall: 'wall clock',
    agencies: 'Agencies',
    late: 'late',
    unanswered: 'no reply',
    deferred: 'deferred',
    repeats: 'rep.',
    approval: 'approval',
    ownApprovals: 'approved by its writer',
    warned: 'sent against the checker',
    overlooked: 'warnings left',
    promises: 'promises +/−',
    promisesKept: 'promises kept',
    promisesBroken: 'promises broken',
    promisesMoved: 'promises moved, times',
    rating: 'Rating of agencies',
    ratingNote:
      'A hundred points are made of these measures; what could not be measured does not count. ' +
      'Agencies with fewer than {minimum} messages get no place.',
    place: 'place',
    points: 'points',
    measures: {
      speed: 'speed',
      inTime: 'in time',
      satisfaction: 'pleased',
      returns: 'returns',
      promises: 'promises',
      repeats: 'repeats',
    },
    tooFew: 'too few messages',
    quality: 'Quality',
    ownApprovalLine: 'Approved by those who wrote the reply: {own}.',
    warnedLine: 'Sent for approval against the checker: {warned}; warnings left: {overlooked}.',
    approvalLine: 'A reply was on approval for {mean} on average; replies approved: {count}.',
    promisesLine: 'Dated promises: {kept} kept, {broken} broken, {open} open.',
    promisesMovedLine: 'Moved to another date with a reason: {moved}.',
    repeatsLine:
      'Repeats: {count} ({share}): same author or address, same topic, within 90 days after closing.',
    interimLine: 'Interim first replies: {interim}; a final reply followed {done} of them.',
    deferredLine: 'Deferred to a date: {count}, waiting for it now: {now}.',
    surveyLine: 'Surveys sent: {sent}, grades received: {graded}, mean {mean}.',
    gradeLine: 'grade {grade}: {count}',
    closingReasons: 'Why closed',
    rejectReasons: 'Why rejected',
    types: 'Type',
    kinds: 'Kind',
    closing: {
      author_pleased: 'author pleased',
      author_silent: 'no answer from the author',
      dialogue_pointless: 'further dialogue pointless',
      grade: 'grade',
    },
    reject: {
      spam: 'spam',
      insult: 'insult',
      not_a_request: 'not a request',
      outside_region: 'outside the region',
      closed_profile: 'closed profile',
      other: 'other',
    },
    type: { solvable: 'solvable', informational: 'informational', unsolvable: 'unsolvable' },
    kind: { comment: 'comments', post: 'posts', direct: 'direct messages', other: 'other' },
    longest: 'The longest waits for a first reply',
    number: 'No.',
    when: 'received',
    waiting: 'no reply yet',
    campaigns: 'Information campaigns',
    campaignLine:
      '{from}–{to}. Messages on these topics: {before} in the four weeks before, ' +
      '{during} during the campaign, {after} in the four weeks after. Posts: {posts}.',
    activities: 'Events',
    activityKind: {
      seminar: 'Seminar',
      hearing: 'Report to the legislature',
      broadcast: 'Live broadcast',
      meeting: 'Meeting',
      other: 'Event',
    },
    activityLine: 'agencies: {agencies}, attended: {attended} of {invited} invited',
    examples: 'Solved cases',
    noPicture: 'The photo has not reached this workstation yet.',
    before: 'before',
    after: 'after',
    flow: 'Flow.',
    flowLine:
      '{carriedIn} not finished at the start + {received} received{reopened} = {closed} finished + ' +
      '{rejected} rejected + {merged} merged + {carriedOut} not finished at the end.',
    flowReopened: ' + {reopened} taken back into work',
  },
};
