import { describe, expect, it, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { NO_PLACE } from '#shared/domain/incident.ts';
import { bothOf, wayFrom } from '#renderer/screens/not-accepted/ways.ts';
import {
  AGENCY,
  build,
  contextAt,
  EXAMPLES,
  incidentIn,
  PLACE,
  TUESDAY_10,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';

const context = contextAt(TUESDAY_10 + 3_600_000);
const route = (agency: string): IncidentCommand => ({
  name: 'route',
  args: { agency, unit: '', from: '', reason: '' },
});

describe('an act that was not accepted', () => {
  it('goes where only another’s value stood in its way', () => {
    expect(wayFrom(route('dgk'), incidentIn('assigned'), context)).toMatchObject({
      kind: 'goes',
      command: { args: { agency: 'dgk', from: AGENCY } },
    });
  });

  it('is done already where the other did the same', () => {
    expect(wayFrom(route(AGENCY), incidentIn('assigned'), context)).toEqual({ kind: 'so_already' });
  });

  it('is not offered where it would be refused again', () => {
    expect(wayFrom(route('dgk'), incidentIn('rejected'), context)).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'wrong_step' },
    });
    expect(wayFrom(EXAMPLES.note, null, context)).toMatchObject({ kind: 'refused' });
  });
});

describe('both', () => {
  const placed = (street: string) =>
    ({ name: 'place', args: { place: { ...NO_PLACE, street }, from: NO_PLACE } }) as const;
  const inTown = build([
    ...WAY_TO.new,
    { name: 'place', args: { place: { ...NO_PLACE, municipality: PLACE.municipality }, from: NO_PLACE } },
  ]);

  it('is an address in parts', () => {
    expect(bothOf(placed('Примерная'), inTown)).toMatchObject({
      args: { place: { municipality: PLACE.municipality, street: 'Примерная' } },
    });
  });

  it('is an answer with the other’s words first, as the console may send it', () => {
    const drafted = build([...WAY_TO.in_progress, EXAMPLES.draftReply]);
    const mine = { name: 'draftReply', args: { ...EXAMPLES.draftReply.args, text: 'Мой текст.' } } as const;
    const both = bothOf(mine, drafted);
    expect(both).toMatchObject({ args: { text: `${EXAMPLES.draftReply.args.text}\n\nМой текст.` } });
    expect(both === null ? null : wayFrom(both, drafted, context).kind).toBe('goes');
    const long = { ...mine, args: { ...mine.args, text: 'я'.repeat(100_000) } };
    expect(bothOf(long, drafted)).toBeNull();
  });

  test.each([
    ['one topic of two', EXAMPLES.classify],
    ['an address that is the other’s', placed('')],
    ['a text where the other has none', EXAMPLES.draftReply],
  ])('is not: %s', (_what, command) => {
    expect(bothOf(command, inTown)).toBeNull();
  });
});
