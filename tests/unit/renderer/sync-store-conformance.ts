import { describe, expect, test } from 'vitest';
import type { Applied, PendingCommand, SyncStore } from '#renderer/data/sync/sync-store.ts';
import { CLASSIFY, idMaker, incidentAfter, NOTE, REFERENCE } from '#tests/helpers/sync-fixtures.ts';
import { enqueue } from '#tests/helpers/dispatch.ts';

/** Opens an empty store; `reopen` opens the same one anew, as after a restart. */
export interface OpenedStore {
  readonly store: SyncStore;
  reopen(): Promise<SyncStore>;
}

const newId = idMaker(5);
const A = incidentAfter(newId(), []);
const A2 = incidentAfter(A.id, [NOTE('первая')]);
const A3 = incidentAfter(A.id, [NOTE('первая'), NOTE('вторая')]);
const B = incidentAfter(newId(), [CLASSIFY]);

const NOTHING: Applied = {
  views: [],
  bases: [],
  withoutPending: [],
  gone: [],
  reference: [],
  referenceGone: [],
  leave: [],
  notAccepted: [],
  meta: {},
};

const item = (incident: string): Omit<PendingCommand, 'seq' | 'state'> => ({
  id: newId(),
  actor: 'u1',
  incident,
  name: 'note@1',
  args: { text: 'первая' },
  at: 1_772_503_200_000,
  baseVersion: 1,
});

const unnumbered = ({ seq: _seq, ...rest }: PendingCommand): Omit<PendingCommand, 'seq'> => rest;

async function versionsOf(store: SyncStore): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  for await (const rows of store.versions()) for (const { id, version } of rows) all.set(id, version);
  return all;
}

/** Tests that every {@link SyncStore} must pass. Called by a test file for each implementation. */
export function syncStoreConformance(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: what a local store must do`, () => {
    test('an empty one has a client id, counts from 1 and is bound to no epoch', async () => {
      const { store } = await open();
      const meta = await store.meta();
      expect(meta.clientId).toMatch(/^[0-9a-f-]{36}$/);
      expect(meta).toMatchObject({
        nextSeq: 1,
        epoch: null,
        cursor: 0,
        bootstrap: { part: 'reference', after: '', rows: 0 },
        clockOffset: 0,
      });
      expect(await store.outbox()).toEqual([]);
      expect(await store.view(A.id)).toBeNull();
      expect(await store.base(A.id)).toBeUndefined();
    });

    test('meta changes field by field and outlives a restart', async () => {
      const opened = await open();
      await opened.store.setMeta({ cursor: 7, clockOffset: -250 });
      await opened.store.setMeta({ epoch: A.id });
      const { clientId } = await opened.store.meta();
      expect(await (await opened.reopen()).meta()).toMatchObject({
        clientId,
        cursor: 7,
        clockOffset: -250,
        epoch: A.id,
        nextSeq: 1,
      });
    });

    test('enqueue numbers commands without a gap and keeps the confirmed row of the first one', async () => {
      const opened = await open();
      await opened.store.load([A], {});
      const first = await enqueue(opened.store, item(A.id), A2, A);
      const second = await enqueue(opened.store, item(A.id), A3, A2);
      expect([first.seq, second.seq, first.state]).toEqual([1, 2, 'queued']);
      const store = await opened.reopen();
      expect(await store.outbox()).toEqual([first, second]);
      expect((await store.meta()).nextSeq).toBe(3);
      expect(await store.view(A.id)).toEqual(A3);
      expect(await store.base(A.id)).toEqual(A);
    });

    test('a gesture is stored whole: its commands in a row, the row before the first and after the last', async () => {
      const opened = await open();
      await opened.store.load([A, B], {});
      const B2 = incidentAfter(B.id, [CLASSIFY, NOTE('и эта')]);
      const stored = await opened.store.enqueue([
        { item: item(A.id), view: A2, base: A },
        { item: item(A.id), view: A3, base: A2 },
        { item: item(B.id), view: B2, base: B },
      ]);
      expect(stored.map(({ seq, incident, state }) => [seq, incident, state])).toEqual([
        [1, A.id, 'queued'],
        [2, A.id, 'queued'],
        [3, B.id, 'queued'],
      ]);
      const store = await opened.reopen();
      expect(await store.outbox()).toEqual(stored);
      expect((await store.meta()).nextSeq).toBe(4);
      expect([await store.view(A.id), await store.base(A.id)]).toEqual([A3, A]);
      expect([await store.view(B.id), await store.base(B.id)]).toEqual([B2, B]);
    });

    test('what stands aside is numbered aside, in its order, and leaves no gap', async () => {
      const opened = await open();
      await opened.store.load([A, B], {});
      const entry = { view: A2, base: A };
      await opened.store.enqueue([
        { item: item(A.id), ...entry },
        { item: item(A.id), ...entry, isBehind: true },
        { item: item(A.id), ...entry, isBehind: true },
      ]);
      const next = await enqueue(opened.store, item(B.id), B, B);
      expect(next.seq).toBe(2);
      const [first, second, ...others] = await (await opened.reopen()).outbox();
      expect([first?.state, second?.state, ...others.map(({ state }) => state)]).toEqual([
        'behind',
        'behind',
        'queued',
        'queued',
      ]);
      expect((first?.seq ?? 0) < (second?.seq ?? 0) && (second?.seq ?? 0) < 1).toBe(true);
    });

    test('a new client numbers what is sent from 1, and what stands aside before it', async () => {
      const opened = await open();
      const { store } = opened;
      await store.load([A, B], {});
      for (let n = 0; n < 3; n += 1) await enqueue(store, item(A.id), A2, A);
      const [one, two, three] = await store.outbox();
      const again = [one, two, three].flatMap((command, n) =>
        command === undefined ? [] : [{ ...command, state: n === 1 ? 'shelved' : 'queued' } as const],
      );
      await store.adoptClient(newId(), again);
      const stored = await (await opened.reopen()).outbox();
      expect(stored.map(({ id, state }) => [id, state])).toEqual([
        [two?.id, 'shelved'],
        [one?.id, 'queued'],
        [three?.id, 'queued'],
      ]);
      expect(stored.slice(1).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    test('commands given at the same time still get different numbers', async () => {
      const { store } = await open();
      await store.load([A, B], {});
      const items = await Promise.all(Array.from({ length: 10 }, () => enqueue(store, item(A.id), A2, A)));
      expect(items.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect((await store.outbox()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    test('a registration has no confirmed row: null, which is not the same as none kept', async () => {
      const { store } = await open();
      await enqueue(store, { ...item(A.id), name: 'register@1' }, A, null);
      expect(await store.base(A.id)).toBeNull();
      expect(await store.base(B.id)).toBeUndefined();
      expect(await versionsOf(store)).toEqual(new Map());
    });

    test('views gives those that are there, open and closed alike', async () => {
      const { store } = await open();
      const closed = incidentAfter(newId(), [{ name: 'reject', args: { reason: 'spam', comment: '' } }]);
      await store.load([A, closed], {});
      expect(await store.views([A.id, closed.id, B.id])).toEqual(
        new Map([
          [A.id, A],
          [closed.id, closed],
        ]),
      );
      expect(await store.view(closed.id)).toEqual(closed);
    });

    test('apply puts rows, settles, lets commands leave and moves the cursor in one step', async () => {
      const opened = await open();
      await opened.store.load([A], {});
      const sent = await enqueue(opened.store, item(A.id), A2, A);
      const refused = await enqueue(opened.store, item(A.id), A3, A2);
      const entry = {
        ...item(A.id),
        id: refused.id,
        decidedAt: 5,
        why: { kind: 'refused', refusal: { kind: 'no_draft' } },
      } as const;
      const { baseVersion: _baseVersion, ...notAccepted } = entry;
      await opened.store.apply({
        ...NOTHING,
        views: [A2, B],
        withoutPending: [A.id],
        leave: [sent.id, refused.id],
        notAccepted: [notAccepted],
        meta: { cursor: 9 },
      });
      const store = await opened.reopen();
      expect(await store.outbox()).toEqual([]);
      expect(await store.notAccepted()).toEqual([notAccepted]);
      expect(await store.base(A.id)).toBeUndefined();
      expect(await store.view(A.id)).toEqual(A2);
      expect(await store.view(B.id)).toEqual(B);
      expect(await store.meta()).toMatchObject({ cursor: 9, nextSeq: 3 });
      await store.dismissNotAccepted(refused.id);
      expect(await store.notAccepted()).toEqual([]);
    });

    test('apply replaces a base, and what is gone is gone with its base', async () => {
      const { store } = await open();
      await store.load([A, B], {});
      await enqueue(store, item(A.id), A2, A);
      await store.apply({ ...NOTHING, views: [A3], bases: [{ id: A.id, base: A2 }] });
      expect(await store.base(A.id)).toEqual(A2);
      expect(await versionsOf(store)).toEqual(
        new Map([
          [A.id, A2.version],
          [B.id, B.version],
        ]),
      );
      await store.apply({
        ...NOTHING,
        gone: [A.id, B.id],
        leave: (await store.outbox()).map(({ id }) => id),
      });
      expect([await store.view(A.id), await store.base(A.id), await store.view(B.id)]).toEqual([
        null,
        undefined,
        null,
      ]);
      expect(await versionsOf(store)).toEqual(new Map());
    });

    test('an incident moves between open and closed and back without leaving a copy', async () => {
      const { store } = await open();
      const closed = incidentAfter(A.id, [{ name: 'reject', args: { reason: 'spam', comment: '' } }]);
      const again = incidentAfter(A.id, [
        { name: 'reject', args: { reason: 'spam', comment: '' } },
        { name: 'reopen', args: { reason: 'ошибка' } },
      ]);
      await store.load([A], {});
      await store.load([closed], {});
      expect(await versionsOf(store)).toEqual(new Map([[A.id, closed.version]]));
      await store.apply({ ...NOTHING, views: [again] });
      expect(await store.view(A.id)).toEqual(again);
      expect(await versionsOf(store)).toEqual(new Map([[A.id, again.version]]));
    });

    test('load stores its place with the rows and leaves what has commands pending alone', async () => {
      const opened = await open();
      await opened.store.load([A], {});
      await enqueue(opened.store, item(A.id), A2, A);
      const place = { part: 'closed', after: B.id, rows: 2, estimate: 10 } as const;
      await opened.store.load([A, B], { bootstrap: place });
      const store = await opened.reopen();
      expect(await store.view(A.id)).toEqual(A2);
      expect(await store.view(B.id)).toEqual(B);
      expect((await store.meta()).bootstrap).toEqual(place);
    });

    test('a command changes its state and nothing else', async () => {
      const { store } = await open();
      const first = await enqueue(store, item(A.id), A, null);
      const second = await enqueue(store, item(A.id), A, null);
      await store.markOutbox([first.id], 'sent');
      expect(await store.outbox()).toEqual([{ ...first, state: 'sent' }, second]);
    });

    test('commands with other moments stand where they stood, and one that has left stays away', async () => {
      const opened = await open();
      const first = await enqueue(opened.store, { ...item(A.id), guessedOffset: 5 }, A, null);
      const second = await enqueue(opened.store, item(A.id), A, null);
      const { guessedOffset: _, ...known } = { ...first, at: first.at + 7 };
      await opened.store.restamp([known, { ...second, id: newId() }]);
      const store = await opened.reopen();
      expect(await store.outbox()).toEqual([known, second]);
    });

    test('a new client id numbers the outbox anew, in the order given', async () => {
      const opened = await open();
      const first = await enqueue(opened.store, item(A.id), A2, A);
      const second = await enqueue(opened.store, item(A.id), A3, A2);
      const other = newId();
      const extra = { ...item(B.id), state: 'queued' as const };
      await opened.store.adoptClient(other, [
        unnumbered(second),
        extra,
        { ...unnumbered(first), state: 'quarantined' },
      ]);
      const store = await opened.reopen();
      expect(await store.outbox()).toEqual([
        { ...second, seq: 1 },
        { ...extra, seq: 2 },
        { ...first, seq: 3, state: 'quarantined' },
      ]);
      expect(await store.meta()).toMatchObject({ clientId: other, nextSeq: 4 });
      expect(await store.base(A.id)).toEqual(A);
    });

    test('reference rows are put and taken away by kind and id', async () => {
      const { store } = await open();
      await store.apply({ ...NOTHING, reference: REFERENCE });
      const [first] = REFERENCE;
      if (first === undefined) throw new Error('no reference rows');
      await store.apply({
        ...NOTHING,
        reference: [{ ...first, row: { changed: true } }],
        referenceGone: [{ kind: 'agency', id: 'health' }],
      });
      const rows = await store.reference();
      expect(rows).toHaveLength(REFERENCE.length - 1);
      expect(rows.find(({ id }) => id === first.id)?.row).toEqual({ changed: true });
    });

    test('forgetting rows keeps commands, their views and bases, and what was not accepted', async () => {
      const opened = await open();
      const closed = incidentAfter(newId(), [{ name: 'reject', args: { reason: 'spam', comment: '' } }]);
      await opened.store.load([A, B, closed], {});
      const pending = await enqueue(opened.store, item(A.id), A2, A);
      const { baseVersion: _baseVersion, ...rest } = item(B.id);
      await opened.store.apply({
        ...NOTHING,
        notAccepted: [{ ...rest, decidedAt: 1, why: { kind: 'held', reason: 'disabled' } }],
      });
      await opened.store.forgetRows();
      const store = await opened.reopen();
      expect([await store.view(B.id), await store.view(closed.id)]).toEqual([null, null]);
      expect([await store.view(A.id), await store.base(A.id)]).toEqual([A2, A]);
      expect(await store.outbox()).toEqual([pending]);
      expect(await store.notAccepted()).toHaveLength(1);
      expect(await versionsOf(store)).toEqual(new Map([[A.id, A.version]]));
    });

    test('what is given out and what was put in are copies', async () => {
      const { store } = await open();
      const mine = { ...A, tags: ['моя'] };
      await store.load([mine], {});
      mine.tags.push('позже');
      expect((await store.view(A.id))?.tags).toEqual(['моя']);
    });
  });
}
