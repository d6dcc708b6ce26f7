import { isFirstName } from '#shared/text/first-names.ts';
import { CHILDREN, GROWN } from './family-births.ts';
import type { Dated } from './loose-dates.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Whose age it may be, besides members of the family. */
export const PEOPLE = wordList(
  `я мне ему ей им он она они пенсионер* инвалид* ветеран* труженик* труженица* вдов* женщин* мужчин*
  девушк* пациент* подруг* сосед* жительниц* житель инвалиду заявител* тещ* тест* свекр* сноха снохе
  невестк* зят* мать матери матерью отец отца отцу отцом муж* жен* мам* пап* дед* бабул* баб бабе
  возраст возраста человек* одинок* близнец* малыш* крох* младен* грудничк* ребенок ребенку`,
);
const YEARS = 'лет|год(?:а|у|ик|ика|иков|ков|овалый|овалая)?|полтора|полгода|г';
const MONTHS_AND_DAYS = 'мес(?:яц|яца|яцев)?|недел[яьи]|дн(?:я|ей)';
const AGE_WORD = new RegExp(`^(?:${YEARS}|${MONTHS_AND_DAYS})$`, 'u');
const SMALL = /^(?:мес|недел|дн|полг)/u;
/** Without a number beside them they are an age. */
const WHOLE_AGE = /^(?:годик|год|годовал|полтор|полгод)/u;
const FILLERS = wordList(
  `и с уже всего только почти исполнилось исполнилос исполнится исполняется стукнуло будет было есть
  полных сейчас мой моя моей моему моего наш наша нашей нашему вот в у меня нас самой самому
  полный полтора половиной через скоро недавно`,
);
/** Buildings and the like have ages and days of their own. */
export const THINGS = wordList(
  `дом дому доме корпус* дк барак* баня бани бане гараж* склад* кинотеатр* депо тоннел* мельниц* ангар*
  аптек* сельпо аэропорт* насып* плотин* дамб* колодец* колодц* магазин* остановк* подвал* водокачк* башн*
  мост* школ* завод* здани* труб* лифт* дорог* храм* церк* музе* театр* парк*
  клуб* больниц* поликлиник* садик* детсад* город* посел* сел* улиц* мкд котельн* фирм* предприят*`,
);
const REACH = 26;
const MOST_OTHERS = 1;
const NOW = { least: 2010, most: 2027 };
const OLD_SHORT = 30;

const yearOf = ({ year }: Dated): number => {
  const number = Number(year);
  return year.length === 4 ? number : number + (number > OLD_SHORT ? 1900 : 2000);
};

/** The age told before a place, in years, and the piece it begins at. */
interface Age {
  readonly years: number;
  readonly from: number;
}

/** «3 года и 2 месяца», «1.5 года», «годик», «исполнилось 14», read backwards from the sign after it. */
function ageBefore(pieces: Pieces, at: number): Age | null {
  let [years, from, unit] = [-1, at, ''];
  for (let back = at; back > at - REACH / 2; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'number') {
      if (text.length > 3) return null;
      years = SMALL.test(unit) ? 0 : Number(text);
      from = back;
    } else if (kind === 'word' && AGE_WORD.test(norm)) {
      unit = norm;
      if (WHOLE_AGE.test(norm) && years < 0) [years, from] = [1, back];
    } else if (
      kind === 'word' ? !/^(?:и|с|половиной)$/u.test(norm) : kind !== 'space' && !'.,'.includes(text)
    )
      break;
  }
  return years < 0 ? null : { years, from };
}

/** Somebody's: a person stands before the age, and no building that it may be the age of. */
function isOfPerson(pieces: Pieces, from: number): boolean {
  let others = 0;
  for (let back = from - 1; back > from - REACH; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'space' || (kind === 'sign' && ',-:('.includes(text))) continue;
    if (kind !== 'word') return false;
    if (THINGS.test(norm)) return false;
    if (PEOPLE.test(norm) || CHILDREN.test(norm) || GROWN.test(norm))
      return !/^(?:он|она|они|ему|ей|им)$/u.test(norm) || !hasThing(pieces, back);
    if (FILLERS.test(norm) || isFirstName(text) || /^\p{Lu}\p{Ll}/u.test(text)) continue;
    if ((others += 1) > MOST_OTHERS) return false;
  }
  return false;
}

function hasThing(pieces: Pieces, from: number): boolean {
  for (let back = from - 1; back > from - REACH / 2; back -= 1)
    if (THINGS.test(pieces.at(back).norm)) return true;
  return false;
}

/** Nothing is told of the day itself: a sign, a break or «г. р.» follows the date. */
export function isDayAlone(pieces: Pieces, end: number): boolean {
  for (let at = end; at < end + 8; at += 1) {
    const { kind, norm } = pieces.at(at);
    if (kind === 'end' || kind === 'break') return true;
    if (kind === 'sign' && norm !== '.' && norm !== '-' && norm !== '/') return true;
    if (kind === 'sign' && norm === '.' && /^(?:space|end|break)$/.test(pieces.at(at + 1).kind)) {
      if (!/^(?:г|р|рожд)$/u.test(pieces.at(at - 1).norm)) return true;
    } else if (kind === 'word' && !/^(?:г|р|гр|др|го|год|года|рожд|рождения)$/u.test(norm)) return false;
    else if (kind === 'number') return false;
  }
  return false;
}

/** «Годик (30 апреля 2024)», «14, 30.01.2011»: a full date after an age, which tells the same year. */
export function followsAnyAge(pieces: Pieces, at: number, date: Dated): boolean {
  if (!date.isFull || date.year === '') return false;
  let [back, signs] = [at - 1, 0];
  for (
    ;
    back > at - 6 && (pieces.at(back).kind === 'space' || ',(-'.includes(pieces.at(back).text));
    back -= 1
  )
    if (pieces.at(back).kind === 'sign') signs += 1;
  if (signs === 0) return false;
  const age = ageBefore(pieces, back);
  if (age === null) return false;
  const year = age.years + yearOf(date);
  return (
    year >= NOW.least && year <= NOW.most && isDayAlone(pieces, date.end) && isOfPerson(pieces, age.from)
  );
}
