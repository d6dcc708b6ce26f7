import { expect, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import { DEFAULT_REGULATION, regulationSchema } from '#shared/domain/regulation.ts';
import { DEMANDABLE_KINDS, type DemandableKind } from '#shared/domain/reply-check/reply-warning.ts';
import { build, contextAt, ID, MINUTE, TUESDAY_10, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const GOOD = 'Здравствуйте! Бригада управления дорог засыплет яму 20 декабря.';
const FAULTY: Readonly<Record<DemandableKind, string>> = {
  variable: GOOD.replace('дорог', '{отдел}'),
  personal_data: `${GOOD} Сосед: 8 914 123-45-67.`,
  too_long: `${GOOD} ${'Работы идут. '.repeat(800)}`,
  link: `${GOOD} https://eao.ru/a`,
  greeting: GOOD.replace('Здравствуйте! ', ''),
  undated_promise: GOOD.replace('20 декабря', 'в ближайшее время'),
};

/** Submits a reply of this text where the region demands this. */
function submitted(text: string, demanded: readonly DemandableKind[]) {
  const draft = { name: 'draftReply' as const, args: { text, kind: 'final' as const, promises: [] } };
  const incident = build([...WAY_TO['in_progress'], draft]);
  const source = { ...incident.source, network: 'vk' as const, kind: 'comment' as const };
  const regulation = { ...DEFAULT_REGULATION, demanded: [...demanded] };
  const context = contextAt(TUESDAY_10 + 60 * MINUTE, { regulation });
  return decide(ID, { ...incident, source }, { name: 'submitForApproval', args: {} }, context);
}

test.each(DEMANDABLE_KINDS)('a reply without what is demanded is refused by its name: %s', (warning) => {
  expect(submitted(FAULTY[warning], [warning])).toEqual({
    ok: false,
    refusal: { kind: 'demand_unmet', warning },
  });
  expect(
    submitted(
      FAULTY[warning],
      DEMANDABLE_KINDS.filter((kind) => kind !== warning),
    ).ok,
  ).toBe(true);
  expect(submitted(FAULTY[warning], []).ok).toBe(true);
  expect(submitted(GOOD, DEMANDABLE_KINDS).ok).toBe(true);
});

test('no number of lesser warnings hides a demand that is not met', () => {
  const text = `Здравствуйте, Игорь! ${'А вы? '.repeat(60)}Придём в ближайшее время.`;
  expect(submitted(text, ['undated_promise'])).toMatchObject({ refusal: { warning: 'undated_promise' } });
});

test('a region demands nothing until it says so, and nothing that a rule only guesses', () => {
  expect(DEFAULT_REGULATION.demanded).toEqual([]);
  expect(regulationSchema.safeParse({ demanded: ['off_topic'] }).success).toBe(false);
});
