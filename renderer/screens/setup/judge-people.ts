import { INCIDENT_COMMAND_ROLES } from '#shared/domain/command.ts';
import type { AccountRow } from '#shared/protocol/session.ts';
import { agenciesAtWork } from './judge-directory.ts';
import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Those who may work, by the rows that every workstation has. */
const workingOf = ({ reference }: JudgedRegion): readonly AccountRow[] =>
  reference.accounts.filter(({ dismissed }) => dismissed !== true);

/**
 * Judges whether somebody triages and somebody approves. The administrator may do both and is there to set
 * the centre up: a centre works when others do.
 */
export function judgePeople(region: JudgedRegion): Verdict {
  const working = workingOf(region);
  const approvers = working.filter(({ role }) => INCIDENT_COMMAND_ROLES.approve.includes(role));
  const triaging = working.filter(
    ({ role }) => role !== 'administrator' && INCIDENT_COMMAND_ROLES.route.includes(role),
  );
  const mayNobodyApprove = region.reference.regulation.ownApproval === 'refused' && approvers.length < 2;
  if (triaging.length === 0 || mayNobodyApprove)
    return verdict(
      'missing',
      ...(triaging.length === 0 ? [{ kind: 'nobody_triages' }] : []),
      ...(mayNobodyApprove ? [{ kind: 'nobody_approves' }] : []),
    );
  const atWork = { kind: 'people_at_work', count: triaging.length };
  const newcomers = newcomersOf(region);
  if (newcomers === null || newcomers.size === 0) return verdict('works', atWork);
  const haveComeIn = triaging.some(({ id }) => !newcomers.has(id));
  return verdict(haveComeIn ? 'works' : 'partly', atWork, { kind: 'newcomers', count: newcomers.size });
}

/** Accounts whose people have not set a password of their own yet; null while the centre was not asked. */
function newcomersOf({ people }: JudgedRegion): ReadonlySet<string> | null {
  if (people === null) return null;
  const waiting = people.filter(({ isDisabled, passwordIsTemporary }) => !isDisabled && passwordIsTemporary);
  return new Set(waiting.map(({ id }) => id));
}

/** Names that a sentence has room for. */
const NAMED = 3;

/** Judges whether agencies have somebody who sees what they are sent. */
export function judgeExecutors(region: JudgedRegion): Verdict {
  const agencies = agenciesAtWork(region);
  const executors = workingOf(region).filter(({ role }) => role === 'executor');
  const manned = new Set(executors.map(({ agency }) => agency));
  const without = agencies.filter(({ id }) => !manned.has(id));
  if (executors.length === 0) return verdict('missing', { kind: 'no_executors' });
  if (without.length === 0) return verdict('works', { kind: 'executors_at_work', count: executors.length });
  const names = without.slice(0, NAMED).map(({ shortName }) => `«${shortName}»`);
  return verdict('partly', {
    kind: without.length > NAMED ? 'agencies_without_executors' : 'these_without_executors',
    count: without.length,
    names: names.join(', '),
  });
}
