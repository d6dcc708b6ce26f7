import { expect, test } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { DEFAULT_REGULATION, type OwnApproval } from '#shared/domain/regulation.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { calendar } from '#tests/fixtures/facts.ts';
import {
  contextAt,
  EXAMPLES,
  ID,
  incidentIn,
  MINUTE,
  OPERATOR,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';

const COLLEAGUE: Actor = { ...OPERATOR, id: 'operator-2' };
const ON_APPROVAL = incidentIn('approval');

function judged(incident: Incident, command: IncidentCommand, actor: Actor, ownApproval: OwnApproval) {
  const regulation = { ...DEFAULT_REGULATION, ownApproval };
  return decide(ID, incident, command, contextAt(TUESDAY_10 + 60 * MINUTE, { actor, regulation }));
}

/** The incident after the command. */
function after(incident: Incident, command: IncidentCommand, actor: Actor): Incident {
  const decision = judged(incident, command, actor, 'allowed');
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return evolveAll(ID, incident, decision.events);
}

const approvalOf = (incident: Incident, text = submissionOf(incident).text): IncidentCommand => ({
  name: 'approve',
  args: { text, submission: submissionOf(incident) },
});

const ownCount = (incident: Incident): number => factsOf(incident, { calendar, policies: [] }).ownApprovals;
const marks = ({ history }: Incident) =>
  history.filter(({ event }) => event === 'reply_approved').map(({ detail }) => detail['own']);

test('an approval of one’s own reply is marked in the history and counted, another’s is not', () => {
  const own = after(ON_APPROVAL, approvalOf(ON_APPROVAL), OPERATOR);
  expect([marks(own), ownCount(own)]).toEqual([[1], 1]);
  const others = after(ON_APPROVAL, approvalOf(ON_APPROVAL), COLLEAGUE);
  expect([marks(others), ownCount(others)]).toEqual([[undefined], 0]);
});

test('mending the text while approving does not hide that it is one’s own', () => {
  const mended = after(ON_APPROVAL, approvalOf(ON_APPROVAL, 'Совсем другой текст.'), OPERATOR);
  expect(ownCount(mended)).toBe(1);
});

test('whoever wrote the text last is its writer', () => {
  const back = after(
    ON_APPROVAL,
    { name: 'sendBack', args: { reason: 'короче', submission: submissionOf(ON_APPROVAL) } },
    OPERATOR,
  );
  const rewritten = after(
    back,
    { name: 'draftReply', args: { text: 'Расчищен.', kind: 'final', promises: [] } },
    COLLEAGUE,
  );
  const again = after(rewritten, EXAMPLES.submitForApproval, OPERATOR);
  expect(ownCount(after(again, approvalOf(again), OPERATOR))).toBe(0);
  expect(ownCount(after(again, approvalOf(again), COLLEAGUE))).toBe(1);
});

test('a region may forbid it: the refusal has a name, and a colleague approves', () => {
  const refusal = { kind: 'own_reply' };
  expect(judged(ON_APPROVAL, approvalOf(ON_APPROVAL), OPERATOR, 'refused')).toEqual({ ok: false, refusal });
  expect(judged(ON_APPROVAL, approvalOf(ON_APPROVAL, 'Иначе.'), OPERATOR, 'refused').ok).toBe(false);
  expect(judged(ON_APPROVAL, approvalOf(ON_APPROVAL), COLLEAGUE, 'refused').ok).toBe(true);
});
