import { calendarDayAt } from '#shared/domain/calendar.ts';
import type { PromiseDraft } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay } from '#shared/domain/time-zone.ts';
import type { Beat, Turns } from './plan.ts';
import {
  byOperator,
  finalText,
  replyRound,
  sameMorning,
  workingDayFrom,
  type Company,
} from './reply-round.ts';
import { demoCalendar } from './scene.ts';
import { worded } from './wording.ts';

const MONTHS = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
];
const INTERIM = [
  'Сигнал {place} передан исполнителю, на место выезжает специалист. Ответ дадим {until}.',
  'Вопрос {place} взят в работу, нужен осмотр. О результате сообщим {until}.',
  'Работы {place} согласуем с подрядчиком, выполним {until}.',
  'Запросили сведения у исполнителя, вернёмся с ответом {until}.',
];
const WAITING = [
  'ждём деталь от поставщика',
  'нужна сухая погода',
  'техника занята на аварии',
  'ждём осмотра с подрядчиком',
];

type Interim = NonNullable<Turns['interim']>;

/**
 * The promise an interim answer makes: a working day not nearer than so many days ahead, until closing time.
 */
export function interimReply(
  { plan, random }: Company,
  { days }: Interim,
  published: Instant,
): { readonly text: string; readonly control: PromiseDraft } {
  const { day, to } = workingDayFrom(calendarDayAt(demoCalendar, published) + days);
  const [, month, dayOfMonth] = dateOfDay(day).split('-').map(Number);
  const phrase = `до ${dayOfMonth} ${must(MONTHS[must(month, 'a month') - 1], 'a month')}`;
  const text = random.pick(INTERIM).replace('{until}', phrase);
  const control = { due: to, phrase, precision: 'day' } as const;
  return { text: `Здравствуйте! ${worded(text, plan.origin.place, random)}`, control };
}

/**
 * Plans what follows an interim reply: waiting, perhaps put off until the day, and the final answer in time
 * or a few days late.
 */
export function secondAnswer(
  company: Company,
  { isKept, isDeferred }: Interim,
  due: Instant,
  promised: Instant,
): { readonly beats: readonly Beat[]; readonly published: Instant } {
  const { random } = company;
  const say = byOperator(company);
  const dueDay = calendarDayAt(demoCalendar, due);
  const { from, day } = workingDayFrom(dueDay + (isKept ? 0 : 1 + random.below(4)));
  const published = from + (75 + random.below(300)) * MS_PER_MINUTE;
  const beats: Beat[] = [];
  const until = workingDayFrom(dueDay).from;
  if (isDeferred)
    beats.push(
      say(promised + 5 * MS_PER_MINUTE, {
        name: 'defer',
        args: { until, reason: random.pick(WAITING) },
      }),
      say(until + 10 * MS_PER_MINUTE, { name: 'takeToWork', args: {} }),
    );
  const promise = (at: Instant, state: 'kept' | 'broken'): Beat =>
    say(at, { name: 'editPromise', args: { promise: 0, due, state } });
  if (!isKept && day > dueDay) beats.push(promise(from + 15 * MS_PER_MINUTE, 'broken'));
  const text = finalText(company, published);
  beats.push(
    ...replyRound(company, { text, kind: 'final', promises: [], ...sameMorning(published, random) }),
  );
  if (isKept) beats.push(promise(published + 2 * MS_PER_MINUTE, 'kept'));
  return { beats, published };
}
