import { v7 } from 'uuid';
import { serialQueue } from '#shared/async/serial-queue.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { bootstrapPage } from '#renderer/data/sync/bootstrap.ts';
import { CentreClock } from '#renderer/data/sync/centre-clock.ts';
import { agreeOnEpoch } from '#renderer/data/sync/recover.ts';
import { centreSettingsOf, referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { systemTimer } from '#renderer/data/sync/pause.ts';
import type { SyncPorts, Trouble } from '#renderer/data/sync/ports.ts';
import { MemoryJournal } from './memory-journal.ts';
import { MemorySyncStore } from './memory-sync-store.ts';
import type { ModelApi } from './model-api.ts';

export const ZONE = 'Asia/Vladivostok';
export const NOON = Date.UTC(2026, 2, 3, 2, 0);

/**
 * Ids in order of time, repeatable: uuid v7 from a counter. `lane` keeps the ids of one maker apart from
 * another's.
 */
export function idMaker(lane: number): () => string {
  let n = 0;
  return () => {
    n += 1;
    const random = new Uint8Array(16).fill(0).map((_, index) => (lane * 31 + n * 7 + index * 13) & 0xff);
    return v7({ msecs: NOON + n, seq: n, random });
  };
}

const agency = (id: string) => ({
  id,
  name: id,
  shortName: id,
  kind: 'municipal',
  units: [],
  verified: true,
});

export const REFERENCE: readonly ReferenceRow[] = [
  ...['roads', 'housing', 'health'].map((id): ReferenceRow => ({ kind: 'agency', id, row: agency(id) })),
  ...defaultPolicies.map((policy): ReferenceRow => ({ kind: 'policy', id: policy.id, row: policy })),
  {
    kind: 'calendar',
    id: 'default',
    row: {
      zone: ZONE,
      week: [...Array.from({ length: 5 }, () => ({ from: '08:30', to: '17:30' })), null, null],
      days: {},
    },
  },
];

export const operator = (id: string): Actor => ({ id, role: 'operator', agency: null });

export const REGISTER: Extract<IncidentCommand, { name: 'register' }>['args'] = {
  region: 'eao',
  createdAt: NOON - 3_600_000,
  text: 'Яма на дороге',
  source: {
    network: 'vk',
    kind: 'comment',
    url: '',
    placeUrl: '',
    audience: null,
    engagement: null,
    hasMedia: false,
  },
  author: { name: 'Житель', url: '' },
};

const settings = centreSettingsOf(REFERENCE, ZONE);

/** The incident after these commands, each of which must apply. */
export function incidentAfter(
  id: string,
  commands: readonly IncidentCommand[],
  at = NOON - 1_800_000,
): Incident {
  let incident: Incident | null = null;
  for (const command of [{ name: 'register', args: REGISTER } as const, ...commands]) {
    const decision = decide(
      id,
      incident,
      command,
      makeDecideContext(settings, { actor: operator('seed'), at, command: null, number: 1 }),
    );
    if (!decision.ok) throw new Error(`${command.name}: ${JSON.stringify(decision.refusal)}`);
    incident = evolveAll(id, incident, decision.events);
  }
  if (incident === null) throw new Error('No commands');
  return incident;
}

export const CLASSIFY: IncidentCommand = {
  name: 'classify',
  args: { group: 'Дороги', topic: 'Ямы', from: '' },
};
export const NOTE = (text: string): IncidentCommand => ({ name: 'note', args: { text } });

/** A clock that stands at noon, and that the API has told so. */
function measuredClock(): CentreClock {
  const clock = new CentreClock(() => ({ wall: NOON, steady: 0 }));
  clock.measure({ serverTime: NOON, roundTripMs: 0, arrived: clock.read() });
  return clock;
}

/** A console's ports over memory, and what became of it. */
export interface TestConsole {
  readonly ports: SyncPorts;
  readonly store: MemorySyncStore;
  readonly journal: MemoryJournal;
  readonly troubles: Trouble[];
}

export function testConsole(
  api: ModelApi,
  lane = 1,
  kept?: { store?: MemorySyncStore; journal?: MemoryJournal },
): TestConsole {
  const newId = idMaker(lane);
  const store = kept?.store ?? new MemorySyncStore(newId());
  const journal = kept?.journal ?? new MemoryJournal();
  const troubles: Trouble[] = [];
  const actor = operator(`u${lane}`);
  const ports: SyncPorts = {
    store,
    journal,
    transport: api.transport(actor),
    contexts: referenceContexts(store, ZONE),
    actor,
    now: () => NOON,
    clock: measuredClock(),
    startTimer: systemTimer,
    random: () => 0.5,
    newId,
    exclusive: serialQueue(),
    onTrouble: (trouble) => troubles.push(trouble),
  };
  return { ports, store, journal, troubles };
}

/** Downloads everything, as the engine does at its first start. */
export async function downloadAll(console: TestConsole, api: ModelApi): Promise<TestConsole> {
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0 });
  while ((await console.store.meta()).bootstrap.part !== 'done') await bootstrapPage(console.ports);
  return console;
}
