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

/** Words that make any date of a sentence none of ours: conditions, duties of others, terms of contracts. */
const AGAINST = wordsAre(String.raw`
  если(?!\p{L}) при_условии в_случа[ея]_ при_наличии при_выделении при_поступлении после_выделения
  ${OTHERS}_${between(6)}${MUST} ${MUST}_${between(3)}(?:собственник|жител|жильц|подряд)
  обяза(?:н|на|ны|л)_ по_${between(3)}${PAPER} согласно_${between(3)}${PAPER}
  услови\p{L}{1,3}_${between(2)}${PAPER} ${PAPER}ом_
  ${PAPER}\p{L}{0,3}_${between(5)}(?:заключен|действ|рассчитан|истека)
  срок\p{L}{0,3}_(?:действия|подачи|приема|${between(3)}${PAPER}) гаранти[яиюе]_ гарантийн
  решени\p{L}{1,2}_суда (?:не_)?(?:раньше|ранее)_(?!запланир|намечен) невозможн нельзя исчерпан каникул
  подать_ обратиться_ оплатить_ записаться_ вы_писали вы_сообщали программ\p{L}{1,3},?_рассчитан
`);

/** Words of rules, hours and permissions: no promise unless the verb beside the date tells of the future. */
const USUAL = wordsAre(String.raw`
  норматив регламент закон[уао]?_ законодательств согласно_правил согласно_постановлени
  правил\p{L}{1,3}_благоустройства в_соответствии_с постановлени предписани прием_ запись_ заявк[иа]_
  заявлени[ея]_ работает_ ежедневно ежегодно ежемесячно кажд(?:ый|ую|ого|ое) режим график_работы телефон
  звоните открыт[аоы]?_ закрыт[аоы]?_ действу(?:ет|ют) действител необходимо нужно следует требуется
  можно может могут вправе рекомендуем советуем просим разреш запрещ долж(?:ен|на|ны) обычно
`);

/** Judges a sentence of a plain text as a whole. */
export function verdictOf(sentence: string): DateJudgement {
  if (sentence.endsWith('?') || AGAINST.test(sentence)) return 'against';
  return USUAL.test(sentence) ? 'usual' : 'free';
}
