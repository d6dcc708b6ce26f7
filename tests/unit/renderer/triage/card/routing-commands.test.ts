import { expect, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { routingCommandsFor } from '#renderer/triage/card/use-triage-actions.ts';
import { NO_PLACE } from '#shared/domain/incident.ts';
import {
  AGENCY,
  build,
  contextAt,
  ID,
  PLACE,
  REGISTER,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';

const choices = {
  topic: { group: 'Дороги', topic: 'Снег' },
  place: PLACE,
  addressee: { agency: AGENCY, unit: '' },
};

test('one Enter classifies, places and routes, and the rules accept it in that order', () => {
  let incident = build([REGISTER]);
  for (const command of routingCommandsFor(incident, choices)) {
    const decision = decide(ID, incident, command, contextAt(TUESDAY_10 + 600_000));
    if (!decision.ok) throw new Error(decision.refusal.kind);
    incident = evolveAll(ID, incident, decision.events);
  }
  expect(incident).toMatchObject({ step: { name: 'assigned' }, classification: choices.topic, place: PLACE });
});

test('what is known already is not said again', () => {
  const known = { ...build([REGISTER]), classification: choices.topic, place: PLACE };
  expect(routingCommandsFor(known, choices).map(({ name }) => name)).toEqual(['route']);
});

test('a place that was not found is not written', () => {
  const names = routingCommandsFor(build([REGISTER]), { ...choices, place: NO_PLACE }).map(
    ({ name }) => name,
  );
  expect(names).toEqual(['classify', 'route']);
});
