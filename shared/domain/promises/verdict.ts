import { alternatives } from '#shared/text/alternatives.ts';

/** The judgement of a sentence over its dates: nothing against, what is usual or allowed, or none of ours. */
export type DateJudgement = 'free' | 'usual' | 'against';

const wordsAre = (list: string): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${alternatives(list).replaceAll('_', ' ')})`, 'u');

/** So many words may stand between two that belong together. */
const between = (most: number): string => String.raw`(?:\p{L}{1,20},?_){0,${most}}`;

/** Whoever has duties of his own: what he must do is not promised by who writes. */
const OTHERS = `(?:${alternatives(`
  подряд жител жильц собственник застройщик родител граждан водител владел управляющ исполнител перевозчик
  компани организаци товарищ тсж пользовател потребител заявител арендатор сосед магазин вы вам региональн
  предпринимател дольщик
`)})\\p{L}{0,8}`;
const MUST = '(?:должен|должны|должна|обяза|необходимо|нужно|следует|требуется|надлежит|надо)';
const PAPER = '(?:контракт|договор|соглашени)';
/** People whose word is not the centre's, as subjects of a sentence. */
const PEOPLE = '(?:жител|жильц|собственник|родител|граждан|сосед|арендатор|владел|нарушител)\\p{L}{0,5}';
/** Names of what is granted to a person or allowed for a time: the date ends the right, not a work. */
const GRANT = `(?:${alternatives(`
  пособи[ея] субсиди[яи] выплат[аы] льгот[аы] льготн\\p{L}{2,3} пенси[яи] инвалидност[ьи] статус
  удостоверени[ея] разрешени[ея] лицензи[яи] справк[аи] карт[аы] ипотек[аи] рассрочк[аи]
  мер[аы]_поддержки стипенди[яи] аренда
  прием подача регистраци[яи] режим полномочи[яе]
`)})`;
const GRANTED =
  '(?:назнач|продл|предостав|установ|сохран|выпла[тч]ива|введ|действ|заканчива|истека)\\p{L}{0,8}';
/** Names of what takes place by itself or for everybody: its day is news, not a promise. */
const OCCASION = `(?:${alternatives(`
  концерт праздник выборы ярмарк[аи] фестивал[ьи] месячник перепись каникулы учебный_год день_\\p{L}{3,20}
  голосовани[ея] празднован соревновани[ея] экзамен[ы]? мороз[ы]? температур[аы] похолодани[ея] потеплени[ея]
  погода паводок гололед снегопад[ы]? дожд[ьи]
`)})`;
const OCCURS =
  '(?:состо(?:ится|ятся)|про(?:йд|ход)(?:ет|ут|ит|ят)|прод[ле]\\p{L}{0,3}[ия]тся|сохран[ия]тся|' +
  'нач(?:нется|нутся|инает)|' +
  '(?:за|о)конч[аи]тся|заверш[аи]тся|ид[еу]т|отмет[ия][тм])';
const TAKES_PLACE = wordsAre(OCCURS);
/** Works and deeds of the centre and its agencies, that take place as promised. */
const DEED = wordsAre(`
  \\p{L}*(?:работ|ремонт|осмотр|рейд|выезд|обход|объезд|отлов|пуск|торг[иа]|аукцион|конкурс|сесси|заседани)
  комисси покос вывоз снос сбор этап субботник отопительн встреч срок сдач выдач поставк доставк разметк
  зам[еа]н \\p{L}{3,}(?:ени[еяюй]|ани[еяюй]|яти[еяюй]|ыти[еяюй]|аци[яию])
  \\p{L}{2,}(?:чистк|сыпк|борк|бивк|мывк|ладк|краск|резк|верк)
  \\p{L}*(?:установк|обработк|проверк|стройк|стройств|наладк|регулировк|подач|замер|монтаж)
  \\p{L}*(?:прием|занят|урок|запис)
`);
const NORM = '(?:норм|гост|санпин|регламент|закон|правил|порядк)';

/** Words that make any date of a sentence none of ours: conditions, duties of others, terms of contracts. */
const AGAINST = wordsAre(String.raw`
  ${GRANT}_${between(6)}${GRANTED} ${OCCASION}_${between(4)}(?:${OCCURS}|ожида[ею]тся) на_карантин
  ${NORM}\p{L}{0,5}_${between(2)}(?:установлен|предусмотрен|отвод|определен) графиком_предусмотрен
  в_соответствии_с_${between(1)}${NORM} согласно_${NORM}(?!\p{L}{0,3}_благоустр) 
  ${PEOPLE}_(?:\p{L}{1,20}_)?(?:(?:по)?обеща|обязу)\p{L}{1,4}
  ${PEOPLE}_${between(1)}\p{L}{2,12}[ыи]ва[юе]т дан[оы]?_(?:время|срок)
  (?:можно|могут|может|можете|вправе|нужно|необходимо|просим|хотите)_${between(3)}подать_
  подать_(?:заявк|заявлен|документ|жалоб|обращен|показан) рассчитан\p{L}?_на_период судом_ прогнозир
  (?:предписани|требовани)\p{L}{1,2}_${between(2)}срок
  когда_(?:\p{L}{1,20}_)?(?:деньги|средства|финансир|появ|поступ|выдел|утверд|соглас)
  если(?!\p{L}) при_условии в_случа[ея]_ при_наличии при_выделении при_поступлении после_выделения
  ${OTHERS}_${between(6)}${MUST} ${MUST}_${between(3)}(?:собственник|жител|жильц|подряд)
  обяза(?:н|на|ны|л)_ по_${between(3)}${PAPER} согласно_${between(3)}${PAPER}
  услови\p{L}{1,3}_${between(2)}${PAPER} ${PAPER}ом_
  ${PAPER}\p{L}{0,3},?_${between(5)}(?:заключен|действ|рассчитан|истека)
  срок\p{L}{0,3}_(?:действия|подачи|приема|оплаты|уплаты|внесения|рассмотрения_обращ|${between(3)}${PAPER})
  (?<!по_)гаранти[яиюе]_ гарантийн
  решени\p{L}{1,2}_суда (?:не_)?(?:раньше|ранее)_(?!запланир|намечен) невозможн нельзя исчерпан
  обратиться_ оплатить_ записаться_ вы_писали вы_сообщали программ\p{L}{1,3},?_рассчитан
`);

/** Words of rules, hours and permissions: no promise unless the verb beside the date tells of the future. */
const USUAL = wordsAre(String.raw`
  норматив регламент закон[уао]?_ законодательств согласно_правил согласно_постановлени
  правил\p{L}{1,3}_благоустройства в_соответствии_с постановлени предписани прием_ запись_ заявк[иа]_
  заявлени[ея]_ работает_ ежедневно ежегодно ежемесячно кажд(?:ый|ую|ого|ое) режим график_работы телефон
  звоните открыт[аоы]?_ закрыт[аоы]?_ действу(?:ет|ют) действител необходимо нужно следует требуется
  можно может могут вправе рекомендуем советуем просим разреш запрещ долж(?:ен|на|ны) обычно
`);

/** «Продлён до …», «назначено по …»: the end of a right or a state, unless works are spoken of. */
const STANDS_UNTIL = wordsAre(
  String.raw`(?<!буд[еу]т_)\p{L}+(?:ен|ан|принят|занят|крыт)[аоы]?_(?:до|по)_(?:\d+(?![\d:]|_час|_утра)|конца|начала)`,
);

/** Judges a sentence of a plain text as a whole. */
export function verdictOf(sentence: string): DateJudgement {
  if (sentence.endsWith('?') || AGAINST.test(sentence)) return 'against';
  if (TAKES_PLACE.test(sentence) && !DEED.test(sentence)) return 'against';
  if (STANDS_UNTIL.test(sentence) && !DEED.test(sentence)) return 'against';
  return USUAL.test(sentence) ? 'usual' : 'free';
}
