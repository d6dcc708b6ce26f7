import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { RejectReason } from '#shared/domain/step.ts';
import { momentAfter, type Beat, type Plan } from './plan.ts';
import type { Random } from './random.ts';
import { classify, monthOf } from './scene.ts';
import { textsIn } from './themes.ts';
import { worded } from './wording.ts';

/** A message that is not taken to work: its text, and the reason. */
interface Rejected {
  readonly reason: RejectReason;
  readonly text: string;
  readonly comment: string;
}

const REJECTED: readonly Rejected[] = [
  {
    reason: 'not_a_request',
    text: 'Ничего {place} не изменится, хоть пиши, хоть не пиши.',
    comment: 'Мнение, просьбы нет',
  },
  {
    reason: 'not_a_request',
    text: 'А раньше {place} и порядок был, и люди здоровались.',
    comment: 'Мнение, просьбы нет',
  },
  {
    reason: 'not_a_request',
    text: 'Соседи, у кого {place} та же история? Давайте соберёмся вечером.',
    comment: 'Разговор жителей между собой',
  },
  {
    reason: 'insult',
    text: 'Да вы там все [брань] сидите, вот и всё, что я думаю про порядок {place}!',
    comment: 'Только брань, вопроса нет',
  },
  {
    reason: 'outside_region',
    text: 'У нас в Хабаровске то же самое. Кто-нибудь вообще отвечает за порядок?',
    comment: 'Место за пределами области',
  },
  {
    reason: 'spam',
    text: 'Грузоперевозки, вывоз, уборка, недорого. Пишите в личные сообщения.',
    comment: 'Реклама под чужой записью',
  },
  {
    reason: 'closed_profile',
    text: 'Ответьте мне лично, почему {place} так!',
    comment: 'Профиль закрыт, ответить негде',
  },
];

/** Shares of the way to the first reply. */
const TRIAGED = 0.06;
const SET_ASIDE = 0.12;

const beat =
  (actor: Actor) =>
  (at: number, command: IncidentCommand): Beat => ({ at, actor, command });

/** The message arrives; an operator says what it is about, where, and how urgent. */
export function opening(
  plan: Plan,
  operator: Actor,
  random: Random,
): { readonly beats: readonly Beat[]; readonly question: string; readonly rejected: Rejected } {
  const { theme, createdAt, origin } = plan;
  const rejected = random.pick(REJECTED);
  const text = plan.ending === 'rejected' ? rejected.text : random.pick(textsIn(theme, monthOf(createdAt)));
  const { place, source, author } = origin;
  const { topic, group } = classify(theme, createdAt);
  const say = beat(operator);
  const at = momentAfter(plan, plan.replyAfter * TRIAGED);
  const registration = {
    region: 'eao',
    createdAt,
    text: worded(text, place, random),
    source,
    author,
  };
  const beats = [
    say(createdAt, { name: 'register', args: registration }),
    say(at, { name: 'classify', args: { group, topic, from: '' } }),
    say(at, { name: 'place', args: { place, from: NO_PLACE } }),
  ];
  const isHigh = theme.high === true && plan.ending === 'closed' && random.chance(0.35);
  if (isHigh)
    beats.push(say(at, { name: 'setImportance', args: { importance: 'high', reason: 'угроза здоровью' } }));
  return { beats, question: text, rejected };
}

/** The end of a story whose message is not taken to work. */
export const rejecting = (plan: Plan, operator: Actor, { reason, comment }: Rejected): readonly Beat[] => [
  beat(operator)(momentAfter(plan, plan.replyAfter * SET_ASIDE), {
    name: 'reject',
    args: { reason, comment },
  }),
];

/** One more message about what another incident is about already. */
export function merging(plan: Plan, operator: Actor, target: Incident): readonly Beat[] {
  const at = momentAfter(plan, plan.replyAfter * SET_ASIDE);
  const say = beat(operator);
  const text =
    `То же место и тот же вопрос, что в № ${must(target.number, 'a number')}: ответ дадим там, ` +
    `ссылку пошлём сюда.`;
  return [say(at, { name: 'note', args: { text } }), say(at, { name: 'merge', args: { into: target.id } })];
}
