import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { digestResponseSchema, helloResponseSchema } from '#shared/protocol/sync.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { photoHash } from '#server/photos/photo-store.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { attachmentDesk, type AttachmentDesk, type Person } from '#tests/helpers/attachment-desk.ts';
import { bearer, TEST_PASSWORD, tokenOf } from '#tests/helpers/test-api.ts';
import { registerArgs, type TestClient } from '#tests/helpers/sync-region.ts';

/** Stands in every word of what the attackers may not see. */
const SECRET = 'Тайнописьмо';
const PERIOD = 'form=month&from=2022-01-01&to=2022-01-31';
const photo = Buffer.from(photoBytes({ data: [7, 7, 7] }));

/** An executor of another agency of the region, and an operator of the other region in the same database. */
const ATTACKERS = ['roads', 'stranger'] as const satisfies readonly Person[];
type Attacker = (typeof ATTACKERS)[number];

let desk: AttachmentDesk;
let operator: TestClient;
let secret = '';
const example = uuidv7();

async function registerSecret(): Promise<string> {
  const id = uuidv7();
  const author = { name: `${SECRET} Иванов`, url: `https://vk.com/${encodeURIComponent(SECRET)}` };
  await operator.do(id, 'register', { ...registerArgs(`${SECRET}: нет отопления`), author });
  await operator.do(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' });
  await operator.do(id, 'route', { agency: 'heat', unit: '', from: '', reason: '' });
  await operator.do(id, 'note', { text: `${SECRET} в заметке` });
  return id;
}

const exampleRow = () => ({
  id: example,
  incident: secret,
  month: '2022-01',
  text: `${SECRET}: тепло дали`,
  author: `${SECRET} Иванов`,
  before: { hash: photoHash(photo), width: 1280, height: 960, caption: SECRET },
  after: null,
  order: 1,
});

beforeAll(async () => {
  desk = await attachmentDesk();
  operator = desk.client('operator');
  secret = await registerSecret();
  await desk.test.api.inject({
    method: 'PUT',
    url: `/api/v1/photos/${photoHash(photo)}`,
    headers: { ...desk.headersOf('operator'), 'content-type': 'image/jpeg' },
    payload: photo,
  });
  const saved = await operator.push(
    operator.nextEnvelope(example, 'saveRecord', { kind: 'example', row: exampleRow(), from: null }),
  );
  if (saved.outcomes[0]?.status !== 'applied') throw new Error(JSON.stringify(saved));
  const approver = { login: 'approver', displayName: 'А', role: 'approver', agency: null } as const;
  await createAccount(desk.test.base.db, 'eao', { ...approver, password: TEST_PASSWORD }, Date.now());
  const issued = await desk.test.api.inject({
    method: 'POST',
    url: '/api/v1/issues',
    headers: bearer(await tokenOf(desk.test.api, 'approver')),
    payload: { form: 'month', from: '2022-01-01', to: '2022-01-31', id: uuidv7(), remark: SECRET },
  });
  if (issued.statusCode >= 300) throw new Error(issued.body);
});
afterAll(() => desk.test.stop());

const get = (who: Person, url: string) => desk.test.api.inject({ url, headers: desk.headersOf(who) });
const post = (who: Person, url: string, payload: object) =>
  desk.test.api.inject({ method: 'POST', url, headers: desk.headersOf(who), payload });

const helloOf = async (who: Person, clientId: string) =>
  helloResponseSchema.parse(
    (await post(who, '/api/v1/sync/hello', { protocols: [1], appVersion: 'test', clientId })).json(),
  );

/** Every way to read, with the victim’s own ids, client and scope in it; by its path in the description. */
async function waysOf(who: Person): Promise<ReadonlyMap<string, readonly string[]>> {
  const { epoch, scopeHash } = await helloOf(who, operator.clientId);
  const victims = scopeHashOf(operator.session);
  const feed = (scope: string) =>
    `/api/v1/sync/changes?after=0&limit=5000&clientId=${operator.clientId}&epoch=${epoch}&scope=${scope}`;
  const buckets = Array.from({ length: 256 }, (_, n) => `/api/v1/sync/bucket?bucket=${n}`);
  const parts = ['reference', 'open', 'closed'].map((part) => `/api/v1/sync/snapshot?part=${part}`);
  const kinds = ['', '?kind=example', '?kind=account'].map((kind) => `/api/v1/reference${kind}`);
  return new Map([
    ['/api/v1/about', ['/api/v1/about']],
    ['/api/v1/session', ['/api/v1/session']],
    ['/api/v1/sessions', ['/api/v1/sessions']],
    ['/api/v1/session/demo', ['/api/v1/session/demo']],
    ['/api/v1/sync/changes', [feed(scopeHash), feed(victims)]],
    ['/api/v1/sync/digest', ['/api/v1/sync/digest']],
    ['/api/v1/sync/snapshot', parts],
    ['/api/v1/sync/bucket', buckets],
    ['/api/v1/incidents/{id}', [`/api/v1/incidents/${secret}`]],
    ['/api/v1/incidents/{id}/media/{message}/{n}', [`/api/v1/incidents/${secret}/media/0/0`]],
    [
      '/api/v1/incidents/{id}/attachments/{hash}',
      [`/api/v1/incidents/${secret}/attachments/${photoHash(photo)}`],
    ],
    ['/api/v1/reference', kinds],
    ['/api/v1/export', ['csv', 'xlsx'].map((format) => `/api/v1/export?format=${format}`)],
    ['/api/v1/issues', [`/api/v1/issues?${PERIOD}`]],
    ['/api/v1/issues/{number}', [`/api/v1/issues/1?${PERIOD}`]],
    ['/api/v1/photos/{hash}', [`/api/v1/photos/${photoHash(photo)}`]],
  ]);
}

/** Streams of nothing but revisions, and what only those who administer a part of the centre may ask. */
const ELSEWHERE =
  /\/sync\/stream$|\/(?:accounts|channels|sending|partners|jobs|audit|feed-alarms|loads|numbering)(?:\/|$)|\/openapi\.json$/;

describe.each(ATTACKERS)('%s', (who: Attacker) => {
  it('reads nothing of it by any way there is', async () => {
    const ways = await waysOf(who);
    for (const url of [...ways.values()].flat()) {
      const { body, rawPayload } = await get(who, url);
      expect(body.includes(SECRET) || rawPayload.includes(photo), url).toBe(false);
    }
  });

  it('counts nothing of it', async () => {
    const { buckets } = digestResponseSchema.parse((await get(who, '/api/v1/sync/digest')).json());
    expect(buckets.reduce((sum, { n }) => sum + n, 0)).toBe(0);
    const lines = (await get(who, '/api/v1/sync/snapshot?part=open')).body.trim().split('\n');
    expect(JSON.parse(must(lines[0], 'a head'))).toMatchObject({ estimate: 0 });
  });

  it('is told no outcomes of others’ commands, whose workstation it names', async () => {
    const { epoch, scopeHash, lastSeq } = await helloOf(who, operator.clientId);
    const url = `/api/v1/sync/changes?after=0&limit=5000&clientId=${operator.clientId}&epoch=${epoch}&scope=${scopeHash}`;
    expect((await get(who, url)).json()).toMatchObject({ outcomes: [], lastSeq: 0 });
    expect(lastSeq).toBe(0);
  });

  it('changes nothing of it by a command, nor takes over a workstation', async () => {
    const attacker = desk.client(who);
    const note = attacker.envelope(secret, 'note', { text: 'подлог' });
    const record = attacker.nextEnvelope(example, 'removeRecord', { kind: 'example' });
    const { outcomes } = await attacker.push(note, record);
    // There is no such record in the other region, so it is gone there already.
    expect(outcomes.map(({ status }) => status)).toEqual([
      'refused',
      who === 'roads' ? 'refused' : 'applied',
    ]);
    expect(JSON.stringify(outcomes)).not.toContain(SECRET);
    const stolen = { ...attacker.envelope(secret, 'note', { text: 'подлог' }), seq: operator.seq + 1 };
    const push = { protocol: 1, clientId: operator.clientId, commands: [stolen] };
    expect((await post(who, '/api/v1/sync/push', push)).json()).toMatchObject(
      who === 'roads' ? { error: { kind: 'sequence_gap', detail: { reason: 'client' } } } : { gap: 1 },
    );
    expect(await operator.push(operator.envelope(secret, 'note', { text: 'ещё' }))).toMatchObject({
      outcomes: [{ status: 'applied' }],
    });
    const { incident } = (await get('operator', `/api/v1/incidents/${secret}`)).json();
    expect(JSON.stringify(incident)).not.toContain('подлог');
    expect((await get('operator', '/api/v1/reference?kind=example')).body).toContain(example);
  });
});

it('the ways are all that the API has', async () => {
  const { paths } = (await desk.test.api.inject('/api/v1/openapi.json')).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const readable = Object.keys(paths).filter(
    (path) => paths[path]?.['get'] !== undefined && path.startsWith('/api/') && !ELSEWHERE.test(path),
  );
  expect(new Set(readable)).toEqual(new Set((await waysOf('roads')).keys()));
});

it('whose it is sees it: the attacks ask for what is there', async () => {
  const found = await Promise.all(
    [...(await waysOf('operator'))].map(async ([path, urls]) => {
      const answers = await Promise.all(urls.map((url) => get('operator', url)));
      const isSeen = answers.some(
        ({ body, rawPayload }) => body.includes(SECRET) || rawPayload.includes(photo),
      );
      return isSeen ? [path] : [];
    }),
  );
  expect(new Set(found.flat())).toEqual(
    new Set([
      '/api/v1/sync/changes',
      '/api/v1/sync/snapshot',
      '/api/v1/sync/bucket',
      '/api/v1/incidents/{id}',
      '/api/v1/reference',
      '/api/v1/export',
      '/api/v1/issues',
      '/api/v1/issues/{number}',
      '/api/v1/photos/{hash}',
    ]),
  );
  // The agency that has the incident sees the case of it, with its photo.
  expect((await get('heat', '/api/v1/reference?kind=example')).body).toContain(SECRET);
  expect((await get('heat', `/api/v1/photos/${photoHash(photo)}`)).statusCode).toBe(200);
});
