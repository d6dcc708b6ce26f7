import { isInForce } from '#shared/domain/dictionary.ts';
import { existsAt } from '#shared/domain/directory.ts';
import { routesAt } from '#shared/domain/places.ts';
import { coverOf } from '#shared/domain/route-cover.ts';
import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Judges whether an addressee is proposed whatever a message is about and wherever it comes from. */
export function judgeRoutes({ reference, now }: JudgedRegion): Verdict {
  const topics = reference.topics.filter((topic) => isInForce(topic, now));
  const municipalities = reference.municipalities.filter((one) => existsAt(one, now));
  const routes = routesAt(reference.routes, reference.municipalities, now);
  const { pairs, gaps } = coverOf(routes, { topics, municipalities }, now);
  if (pairs === 0) return verdict('missing', { kind: 'no_pairs' });
  const covered = pairs - gaps.length;
  const state = gaps.length === 0 ? 'works' : covered === 0 ? 'missing' : 'partly';
  return verdict(state, { kind: 'routes_cover', covered, count: pairs });
}
