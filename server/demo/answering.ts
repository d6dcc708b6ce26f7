import type { IncidentCommand } from '#shared/domain/command.ts';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { ending } from './ending.ts';
import { interimReply, secondAnswer } from './interim.ts';
import { momentAfter, replyMoment, type Beat } from './plan.ts';
import { byOperator, finalText, replyRound, type Company, type Round } from './reply-round.ts';
import { classify, routesFor } from './scene.ts';

const REMARKS = [
  'Нет срока: напишите, когда будет сделано',
  'Слишком казённо, ответьте человеку своими словами',
  'Не отвечает на вопрос про адрес',
  'Приложите фото выполненных работ',
  'Проверьте название улицы',
];

/** The way of an incident from the routing table to its end. */
export function answering(company: Company): readonly Beat[] {
  const { plan } = company;
  const published = replyMoment(plan.createdAt, plan.replyAfter);
  const ready = plan.replyAfter - plan.approval.publishing - plan.approval.waiting;
  const at = (share: number): Instant => momentAfter(plan, ready * share);
  const first = {
    drafted: at(0.94),
    submitted: at(1),
    approved: momentAfter(plan, plan.replyAfter - plan.approval.publishing),
    published,
  };
  const before = [
    ...routed(company, at),
    byOperator(company)(at(0.5), { name: 'takeToWork', args: {} }),
    ...(plan.turns.sentBack ? sentBack(company, at) : []),
  ];
  if (plan.turns.interim === null) {
    const text = finalText(company, published);
    const round: Round = { ...first, kind: 'final', text, promises: [] };
    return [...before, ...replyRound(company, round), ...ending(company, published)];
  }
  const promise = interimReply(company, plan.turns.interim, published);
  const interim: Round = { ...first, kind: 'interim', text: promise.text, promises: [promise.control] };
  const second = secondAnswer(company, plan.turns.interim, promise.control.due, published);
  return [...before, ...replyRound(company, interim), ...second.beats, ...ending(company, second.published)];
}

/** To the agency of the routing table; sometimes to the second one first. */
function routed(company: Company, at: (share: number) => Instant): readonly Beat[] {
  const { theme, createdAt, origin, turns } = company.plan;
  const { topic, group } = classify(theme, createdAt);
  const [best, second] = routesFor(topic, group, origin.place, createdAt);
  if (best === undefined) throw new Error(`No route for «${topic}» in ${origin.place.municipality}`);
  const say = byOperator(company);
  const route = (to: { agency: string; unit: string }): IncidentCommand => ({
    name: 'route',
    args: { ...to, from: '', reason: '' },
  });
  if (!turns.returned || second === undefined) return [say(at(0.31), route(best))];
  return [
    say(at(0.15), route(second)),
    say(at(0.25), {
      name: 'returnToCentre',
      args: { reason: 'вопрос не нашего ведомства', target: best.agency },
    }),
    say(at(0.31), route(best)),
  ];
}

function sentBack(company: Company, at: (share: number) => Instant): readonly Beat[] {
  const { cast, random } = company;
  const say = byOperator(company);
  const text = finalText(company, at(0.6));
  const submitted = at(0.7);
  // The approver is not asleep: a remark comes within minutes.
  const remarked = Math.min(submitted + (3 + random.below(20)) * MS_PER_MINUTE, at(0.9));
  const reason = random.pick(REMARKS);
  return [
    say(at(0.65), { name: 'draftReply', args: { text, kind: 'final', promises: [] } }),
    say(submitted, { name: 'submitForApproval', args: {} }),
    {
      at: remarked,
      actor: cast.approver,
      command: (incident) => ({ name: 'sendBack', args: { reason, submission: submissionOf(incident) } }),
    },
  ];
}
