import fc from 'fast-check';
import type { Incident, Network } from '#shared/domain/incident.ts';
import type { StepName } from '#shared/domain/step.ts';
import { NOON, incidentAfter } from '#tests/helpers/sync-fixtures.ts';

/** Parts of an incident that questions are asked about. */
export interface Sample {
  readonly id: string;
  readonly version: number;
  readonly step: StepName;
  readonly createdAt: number;
  readonly dueAt: number | null;
  readonly policy: 'p' | 'early' | 'wall';
  readonly topic: string;
  readonly municipality: string;
  readonly network: Network;
  readonly holder: string | null;
  readonly promiseDue: number | null;
  readonly text: string;
}

export const sampleId = (index: number): string =>
  `019f0000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

const template = incidentAfter(sampleId(0), []);

const stepOf = (name: StepName): Incident['step'] => {
  const since = NOON - 1000;
  if (name === 'returned') return { name, since, from: 'roads', target: null, reason: 'не наше' };
  if (name === 'reopened') return { name, since, reason: 'снова' };
  if (name === 'deferred') return { name, since, until: NOON + 1000, reason: 'ждём' };
  if (name === 'rejected') return { name, since, reason: 'spam', comment: '' };
  if (name === 'merged') return { name, since, into: sampleId(999), before: { name: 'new', since } };
  return { name, since };
};

export const incidentOf = (sample: Sample): Incident => ({
  ...template,
  id: sample.id,
  number: Number.parseInt(sample.id.slice(-6), 16) + 1,
  version: sample.version,
  createdAt: sample.createdAt,
  text: sample.text,
  step: stepOf(sample.step),
  holder: sample.holder,
  classification: sample.topic === '' ? null : { group: `group of ${sample.topic}`, topic: sample.topic },
  place: { ...template.place, municipality: sample.municipality },
  source: { ...template.source, network: sample.network },
  due: sample.dueAt === null ? null : { at: sample.dueAt, policy: sample.policy, from: sample.createdAt },
  promises:
    sample.promiseDue === null
      ? []
      : [{ id: 0, due: sample.promiseDue, phrase: 'до пятницы', state: 'open' }],
});

export const WORDS = ['яма', 'дороге', 'снег', 'водопровод', 'остановка', 'автобус'] as const;

const steps: readonly StepName[] = [
  'new',
  'returned',
  'reopened',
  'assigned',
  'in_progress',
  'approval',
  'publishing',
  'satisfaction',
  'done',
  'deferred',
  'rejected',
  'merged',
];

export const sampleArbitrary: fc.Arbitrary<Sample> = fc.record({
  id: fc.nat(7).map(sampleId),
  version: fc.integer({ min: 1, max: 9 }),
  step: fc.constantFrom(...steps),
  createdAt: fc.integer({ min: 0, max: 40 }).map((hours) => NOON - hours * 3_600_000),
  dueAt: fc.option(fc.integer({ min: -5, max: 5 }).map((hours) => NOON + hours * 3_600_000)),
  policy: fc.constantFrom('p', 'early', 'wall'),
  topic: fc.constantFrom('', 'Ямы', 'Снег', 'Автобусы'),
  municipality: fc.constantFrom('', 'Биробиджан', 'Облученский район'),
  network: fc.constantFrom('vk', 'ok', 'telegram'),
  holder: fc.constantFrom(null, 'me', 'away', 'other'),
  promiseDue: fc.option(fc.integer({ min: -2, max: 2 }).map((days) => NOON + days * 86_400_000)),
  text: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
});
