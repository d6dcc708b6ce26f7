import { describe, expect, test } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { INCIDENT_COMMAND_NAMES } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { commandsFor } from '#renderer/triage/acts/commands-for.ts';
import {
  AGENCY,
  contextAt,
  EXAMPLES,
  incidentIn,
  TARGET,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';

const LATER = TUESDAY_10 + 86_400_000;

describe.each(STEP_NAMES)('in the step %s', (step) => {
  test.each(ROLES)('nothing offered to %s is refused for its step or role', (role) => {
    const incident = incidentIn(step);
    const actor = { id: 'someone', role, agency: role === 'executor' ? AGENCY : null };
    const refused = [...commandsFor(step, role)].filter((name) => {
      const decision = decide(
        incident.id,
        incident,
        EXAMPLES[name],
        contextAt(LATER, { actor, target: TARGET }),
      );
      return (
        !decision.ok && (decision.refusal.kind === 'wrong_step' || decision.refusal.kind === 'role_may_not')
      );
    });
    expect(refused).toEqual([]);
  });

  test('an observer is offered nothing', () => {
    expect(commandsFor(step, 'observer').size).toBe(0);
  });
});

test('everything the centre can do is offered somewhere, except registering, what only a network knows, and undoing', () => {
  const offered = new Set(STEP_NAMES.flatMap((step) => [...commandsFor(step, 'operator')]));
  expect(INCIDENT_COMMAND_NAMES.filter((name) => !offered.has(name))).toEqual([
    'register',
    'changeSource',
    'undo',
  ]);
});

test('what is done already is not offered again', () => {
  expect(commandsFor('in_progress', 'operator').has('takeToWork')).toBe(false);
  expect(commandsFor('deferred', 'operator').has('takeToWork')).toBe(true);
});
