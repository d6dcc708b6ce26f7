import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { rowHash } from '#shared/protocol/digest.ts';
import { withScope } from '#server/store/database.ts';
import { pushCommands } from '#server/sync/push.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestClient, registerArgs, sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
const client = (session = OPERATOR): TestClient => new TestClient(base.db, session);

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

async function stored(
  id: string,
  region = 'eao',
): Promise<{ row: Incident; columns: Record<string, unknown>; events: string[] }> {
  return withScope(base.db, { region }, async (tx) => {
    const { row, ...columns } = await tx
      .selectFrom('incident')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const events = await tx
      .selectFrom('event')
      .select('name')
      .where('incident_id', '=', id)
      .orderBy('n')
      .execute();
    return { row: row as unknown as Incident, columns, events: events.map(({ name }) => name) };
  });
}

const count = (table: 'event' | 'sync_command' | 'change_log'): Promise<number> =>
  withScope(
    base.db,
    { region: 'eao' },
    async (tx) => (await tx.selectFrom(table).select('region_id').execute()).length,
  );

const head = (): Promise<number> =>
  withScope(
    base.db,
    { region: 'eao' },
    async (tx) => (await tx.selectFrom('sync_clock').select('v').executeTakeFirstOrThrow()).v,
  );

describe('one command', () => {
  it('stores the row, its columns, its events, the feed and the outcome under one revision', async () => {
    const me = client();
    const id = uuidv7();
    const before = await head();
    const command = me.envelope(id, 'register', registerArgs());
    expect(await me.push(command)).toEqual({
      outcomes: [{ status: 'applied', id: command.id, seq: 1 }],
      lastSeq: 1,
      headV: before + 1,
      gap: null,
    });
    const { row, columns, events } = await stored(id);
    expect(events).toEqual(['registered', 'due_set']);
    expect(row).toMatchObject({
      id,
      version: 2,
      step: { name: 'new' },
      due: { policy: 'first-reply-ordinary' },
    });
    expect(columns).toMatchObject({
      v: before + 1,
      version: 2,
      step: 'new',
      number: row.number,
      due_at: row.due?.at,
      digest: Number(rowHash(id, 2)),
      agencies: [],
    });
    const log = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('change_log')
        .select(['entity', 'id', 'op'])
        .where('v', '=', before + 1)
        .execute(),
    );
    expect(log).toEqual([{ entity: 'incident', id, op: 'put' }]);
  });

  it('numbers registrations one after another, in the row, the column and the event alike; a refused one takes none', async () => {
    const me = client();
    const [first, late, second] = [uuidv7(), uuidv7(), uuidv7()];
    await me.do(first, 'register', registerArgs());
    expect(await me.do(late, 'register', { ...registerArgs(), createdAt: Date.now() + 9e6 })).toMatchObject({
      status: 'refused',
      refusal: { kind: 'date_in_future' },
    });
    await me.do(second, 'register', registerArgs());
    const [a, b] = [await stored(first), await stored(second)];
    expect(b.row.number).toBe((a.row.number ?? 0) + 1);
    expect(b.columns['number']).toBe(b.row.number);
    const event = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('event')
        .select('data')
        .where('incident_id', '=', second)
        .where('n', '=', 1)
        .executeTakeFirstOrThrow(),
    );
    expect(event.data).toMatchObject({ number: b.row.number, region: 'eao' });
  });

  it('dates an act no later than the API’s own now', async () => {
    const me = client();
    const id = await me.register();
    await me.push(me.envelope(id, 'note', { text: 'из будущего' }, { at: Date.now() + 3_600_000 }));
    expect((await stored(id)).row.notes[0]?.at).toBeLessThanOrEqual(Date.now());
  });

  it('keeps every event’s place even when nothing changed: a repeated wish is applied without events', async () => {
    const me = client();
    const id = await me.register();
    await me.do(id, 'claim', {});
    const events = await count('event');
    expect(await me.do(id, 'claim', {})).toMatchObject({ status: 'applied' });
    expect(await count('event')).toBe(events);
  });
});

describe('exactly once', () => {
  it('answers a repeated push with the stored outcomes and does nothing again', async () => {
    const me = client();
    const id = uuidv7();
    const commands = [
      me.envelope(id, 'register', registerArgs()),
      me.envelope(id, 'note', { text: 'раз' }),
      me.envelope(id, 'claim', {}),
    ];
    const first = await me.push(...commands);
    const [events, v] = [await count('event'), await head()];
    expect(await me.push(...commands)).toEqual(first);
    expect(await me.push(...commands.slice(1, 2))).toMatchObject({
      outcomes: [first.outcomes[1]],
      lastSeq: 3,
    });
    expect([await count('event'), await head()]).toEqual([events, v]);
  });

  it('decides one copy of a push that arrives four times at once', async () => {
    const me = client();
    const id = await me.register();
    const note = me.envelope(id, 'note', { text: 'один раз' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => me.push(note)));
    expect(answers.map(({ outcomes }) => outcomes)).toEqual(
      answers.map(() => [{ status: 'applied', id: note.id, seq: note.seq }]),
    );
    expect((await stored(id)).row.notes).toHaveLength(1);
  });

  it('knows a command by its id under a new client id, counts it there and tells the refusal again', async () => {
    const [old, renewed] = [client(), client()];
    const id = await old.register();
    const note = old.envelope(id, 'note', { text: 'из журнала' });
    const missing = old.envelope(uuidv7(), 'note', { text: 'никуда' });
    const [, refusal] = (await old.push(note, missing)).outcomes;
    const again = await renewed.push(
      { ...note, seq: 1 },
      { ...missing, seq: 2 },
      renewed.envelope(id, 'claim', {}, { seq: 3 }),
    );
    expect(again.outcomes).toEqual([
      { status: 'applied', id: note.id, seq: 1 },
      { ...refusal, seq: 2 },
      expect.objectContaining({ status: 'applied', seq: 3 }),
    ]);
    expect(again.lastSeq).toBe(3);
    expect((await stored(id)).row.notes).toHaveLength(1);
  });

  it('is silent about a new command under a used seq, and does not run it', async () => {
    const me = client();
    const id = await me.register();
    const stray = me.envelope(id, 'note', { text: 'не та' }, { seq: 1 });
    expect(await me.push(stray)).toMatchObject({ outcomes: [], lastSeq: 2, gap: null });
    expect((await stored(id)).row.notes).toEqual([]);
  });
});

describe('order', () => {
  it('stops at a gap and names the seq it expects; what was before the gap stays decided', async () => {
    const me = client();
    const id = uuidv7();
    const register = me.envelope(id, 'register', registerArgs());
    const lost = me.envelope(id, 'claim', {});
    const later = me.envelope(id, 'note', { text: 'позже' });
    expect(await me.push(register, later)).toMatchObject({ outcomes: [{ seq: 1 }], lastSeq: 1, gap: 2 });
    expect((await stored(id)).row.notes).toEqual([]);
    expect(await me.push(lost, later)).toMatchObject({
      outcomes: [{ seq: 2 }, { seq: 3 }],
      lastSeq: 3,
      gap: null,
    });
  });

  it('a refusal advances the count, is stored without events and does not stop what follows', async () => {
    const me = client();
    const id = uuidv7();
    const { outcomes, lastSeq } = await me.push(
      me.envelope(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' }),
      me.envelope(id, 'register', registerArgs()),
    );
    expect(outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'no_such_incident' } },
      { status: 'applied' },
    ]);
    expect(lastSeq).toBe(2);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['an unknown command', { name: 'explode@1' }, 'unknown_command'],
    ['an unknown version', { name: 'note@9' }, 'unknown_command'],
    ['a name with NUL', { name: 'no\u0000te@7' }, 'unknown_command'],
    ['wrong arguments', { args: { text: 5 } }, 'malformed'],
    ['no arguments', { args: undefined }, 'malformed'],
    [
      'arguments too deep for the database',
      { args: JSON.parse('['.repeat(7000) + ']'.repeat(7000)) as unknown },
      'malformed',
    ],
    [
      'arguments too deep for anything',
      { args: JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown },
      'malformed',
    ],
  ])('%s is refused by name, kept, and the next one goes on', async (_what, change, kind) => {
    const me = client();
    const id = await me.register();
    const { outcomes } = await me.push(
      me.envelope(id, 'note', { text: 'x' }, change),
      me.envelope(id, 'claim', {}),
    );
    expect(outcomes).toMatchObject([{ status: 'refused', refusal: { kind } }, { status: 'applied' }]);
  });

  it('a moment outside the calendar is refused instead of failing for ever', async () => {
    const me = client();
    const outcome = await me.do(uuidv7(), 'register', { ...registerArgs(), createdAt: Date.UTC(2003, 0, 1) });
    expect(outcome).toMatchObject({ status: 'refused', refusal: { kind: 'malformed', path: 'at' } });
  });

  it('NUL and half characters are left out of a text', async () => {
    const me = client();
    const id = await me.register();
    await me.do(id, 'note', { text: 'до\u0000 после \ud83d' });
    expect((await stored(id)).row.notes[0]?.text).toBe('до после \ufffd');
  });
});

describe('who may', () => {
  it('refuses a push that speaks for another account, whole', async () => {
    const me = client();
    const command = me.envelope(uuidv7(), 'register', registerArgs(), { actor: 'somebody' });
    expect(
      await pushCommands(
        base.db,
        OPERATOR,
        { protocol: 1, clientId: me.clientId, commands: [command] },
        Date.now,
      ),
    ).toEqual({ kind: 'forbidden' });
  });

  it.each([
    ['an observer', sessionOfRole('observer'), 'observer'],
    ['a disabled account', sessionOfRole('operator', { isDisabled: true, account: 'gone' }), 'disabled'],
  ])('holds the commands of %s', async (_who, session, reason) => {
    const id = await client().register();
    const me = client(session);
    expect(await me.push(me.envelope(id, 'note', { text: 'x' }))).toMatchObject({
      outcomes: [{ status: 'held', reason }],
      lastSeq: 1,
    });
    expect((await stored(id)).row.notes).toEqual([]);
  });

  it('another region’s incident does not exist, nor can one be registered there', async () => {
    const stranger = client(sessionOfRole('operator', { region: 'amur', account: 'amur-1' }));
    const id = await client().register();
    expect(await stranger.do(id, 'note', { text: 'чужой' })).toMatchObject({
      status: 'refused',
      refusal: { kind: 'no_such_incident' },
    });
    expect(await stranger.do(id, 'register', registerArgs('x', 'eao'))).toMatchObject({
      status: 'refused',
      refusal: { kind: 'malformed', path: 'region' },
    });
    expect(await stranger.do(id, 'register', registerArgs('x', 'amur'))).toMatchObject({ status: 'applied' });
    expect((await stored(id)).row.text).toBe('Яма на дороге');
    expect((await stored(id, 'amur')).row.text).toBe('x');
  });

  it('an executor works at its agency’s incidents and does not learn of others', async () => {
    const [centre, roads] = [client(), client(sessionOfRole('executor'))];
    const [ours, theirs] = [await centre.register(), await centre.register()];
    await centre.do(ours, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
    await centre.do(theirs, 'route', { agency: 'heat', unit: '', from: '', reason: '' });
    expect(await roads.do(ours, 'takeToWork', {})).toMatchObject({ status: 'applied' });
    expect(await roads.do(theirs, 'takeToWork', {})).toMatchObject({
      status: 'refused',
      refusal: { kind: 'no_such_incident' },
    });
    expect(await roads.do(ours, 'returnToCentre', { reason: 'не наше', target: 'heat' })).toMatchObject({
      status: 'applied',
    });
    expect(await roads.do(ours, 'takeToWork', {})).toMatchObject({
      status: 'refused',
      refusal: { kind: 'not_your_agency' },
    });
  });
});

describe('two people', () => {
  const route = (agency: string) => ({ agency, unit: '', from: '', reason: '' });

  it('route at once: the first wins, the second learns where to, by whom and when', async () => {
    const [a, b] = [client(), client(sessionOfRole('operator', { account: 'operator-2' }))];
    const id = await a.register();
    const outcomes = await Promise.all([a.do(id, 'route', route('roads')), b.do(id, 'route', route('heat'))]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'refused']);
    const { row } = await stored(id);
    const [first] = row.assignments;
    expect(row.assignments).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'refused')).toMatchObject({
      refusal: { kind: 'already_routed', to: first?.agency, by: first?.by, at: first?.at },
    });
  });

  it('route to the same agency at once: both are applied, it is routed once', async () => {
    const [a, b] = [client(), client(sessionOfRole('operator', { account: 'operator-2' }))];
    const id = await a.register();
    const outcomes = await Promise.all([
      a.do(id, 'route', route('roads')),
      b.do(id, 'route', route('roads')),
    ]);
    expect(outcomes).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    expect((await stored(id)).row.assignments).toHaveLength(1);
  });

  it('register the same incident at once: one of them', async () => {
    const [a, b] = [client(), client(sessionOfRole('operator', { account: 'operator-2' }))];
    const id = uuidv7();
    const outcomes = await Promise.all([
      a.do(id, 'register', registerArgs('a')),
      b.do(id, 'register', registerArgs('b')),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'refused']);
  });

  it('correct the place of one incident: fields merge, and what was overwritten is named', async () => {
    const [a, b] = [client(), client(sessionOfRole('operator', { account: 'operator-2' }))];
    const id = await a.register();
    const from = { municipality: '', settlement: '', street: '', house: '', object: '' };
    await a.do(id, 'place', { from, place: { ...from, municipality: 'Биробиджан г.о.', street: 'Ленина' } });
    expect(
      await b.do(id, 'place', { from, place: { ...from, street: 'Пушкина', house: '1' } }),
    ).toMatchObject({ status: 'merged', fields: ['place.street'] });
    expect((await stored(id)).row.place).toMatchObject({
      municipality: 'Биробиджан г.о.',
      street: 'Пушкина',
      house: '1',
    });
  });

  it('merge two incidents into each other at once: one goes, and nobody waits for ever', async () => {
    const [a, b] = [client(), client(sessionOfRole('operator', { account: 'operator-2' }))];
    const [first, second] = [await a.register(), await a.register()];
    const outcomes = await Promise.all([
      a.do(first, 'merge', { into: second }),
      b.do(second, 'merge', { into: first }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'refused']);
    expect(outcomes.find(({ status }) => status === 'refused')).toMatchObject({
      refusal: { kind: 'merge_target_closed', step: 'merged' },
    });
    expect(await a.do(uuidv7(), 'merge', { into: first })).toMatchObject({
      status: 'refused',
      refusal: { kind: 'no_such_incident' },
    });
  });
});
