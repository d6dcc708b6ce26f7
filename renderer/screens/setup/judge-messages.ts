import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Judges whether residents' messages come by themselves: pages that are on and in no trouble. */
export function judgePages({ pages }: JudgedRegion): Verdict {
  if (pages === null) return verdict('unknown', { kind: 'pages_unknown' });
  const on = pages.filter(({ state }) => state === 'active');
  if (on.length === 0) return verdict('missing', { kind: 'no_pages' });
  const inTrouble = on.filter(({ trouble }) => trouble !== null);
  if (inTrouble.length > 0) return verdict('partly', { kind: 'pages_in_trouble', count: inTrouble.length });
  return verdict('works', { kind: 'pages_at_work', count: on.length });
}

/** Judges whether there is a past: without one, nothing is alike and no month can be compared with. */
export const judgeImport = ({ incidents }: JudgedRegion): Verdict =>
  incidents === 0
    ? verdict('missing', { kind: 'no_incidents' })
    : verdict('works', { kind: 'incidents_here', count: incidents });
