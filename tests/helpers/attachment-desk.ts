import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Attachment } from '#shared/domain/attachment.ts';
import { must } from '#shared/domain/must.ts';
import type { Role } from '#shared/domain/actor.ts';
import { acceptFile } from '#shared/files/accept-file.ts';
import { ATTACHMENT_PART_BYTES, attachmentPaths } from '#shared/protocol/attachments.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from './sync-region.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from './test-api.ts';

const PEOPLE = {
  operator: ['eao', 'operator', null],
  second: ['eao', 'operator', null],
  observer: ['eao', 'observer', null],
  roads: ['eao', 'executor', 'roads'],
  heat: ['eao', 'executor', 'heat'],
  stranger: ['amur', 'operator', null],
} as const satisfies Record<string, readonly [region: string, role: Role, agency: string | null]>;
export type Person = keyof typeof PEOPLE;

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file as a command names it. */
export function fileOf(bytes: Uint8Array, name = 'снимок'): Attachment {
  const read = acceptFile(bytes);
  if (!read.ok) throw new Error(read.problem);
  const { type, width, height } = read.file;
  const ending = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' }[
    type
  ];
  return { hash: hashOf(bytes), type, name: `${name}.${ending}`, size: bytes.length, width, height };
}

/** The API with two regions, people of every kind in them, and the calls of a console that hands files in. */
export interface AttachmentDesk {
  readonly test: TestApi;
  readonly idOf: (who: Person) => string;
  readonly headersOf: (who: Person) => { authorization: string };
  readonly client: (who: Person) => TestClient;
  readonly begin: (who: Person, bytes: Uint8Array, hash?: string) => Promise<Answer>;
  readonly put: (who: Person, bytes: Uint8Array, offset: number, hash?: string) => Promise<Answer>;
  readonly finish: (who: Person, bytes: Uint8Array, hash?: string) => Promise<Answer>;
  /** Begins, sends and finishes; gives the last answer. */
  readonly handIn: (who: Person, bytes: Uint8Array, hash?: string) => Promise<Answer>;
  readonly read: (
    who: Person,
    incident: string,
    hash: string,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Registers an incident with files; gives its id. */
  readonly register: (who: Person, attachments?: readonly Attachment[]) => Promise<string>;
}
export type Answer = Awaited<ReturnType<TestApi['api']['inject']>>;

export async function attachmentDesk(): Promise<AttachmentDesk> {
  const test = await testApi();
  const { api, base } = test;
  const ids = new Map<Person, string>();
  const tokens = new Map<Person, string>();
  for (const region of ['eao', 'amur']) await fillReference(base.db, region);
  for (const [who, [region, role, agency]] of Object.entries(PEOPLE) as [Person, (typeof PEOPLE)[Person]][]) {
    const account = { login: who, displayName: who, role, agency, password: TEST_PASSWORD };
    ids.set(who, await createAccount(base.db, region, account, Date.now()));
    tokens.set(who, await tokenOf(api, who));
  }
  const idOf = (who: Person): string => must(ids.get(who), who);
  const headersOf = (who: Person) => bearer(must(tokens.get(who), who));
  const client = (who: Person): TestClient => {
    const [region, role, agency] = PEOPLE[who];
    return new TestClient(base.db, sessionOfRole(role, { region, agency, account: idOf(who) }));
  };
  const begin = (who: Person, bytes: Uint8Array, hash = hashOf(bytes)) =>
    api.inject({
      method: 'POST',
      url: attachmentPaths.begin(hash),
      headers: headersOf(who),
      payload: { size: bytes.length },
    });
  const put = (who: Person, bytes: Uint8Array, offset: number, hash = hashOf(bytes)) =>
    api.inject({
      method: 'PUT',
      url: attachmentPaths.part(hash, offset),
      headers: { ...headersOf(who), 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes.subarray(offset, offset + ATTACHMENT_PART_BYTES)),
    });
  const finish = (who: Person, bytes: Uint8Array, hash = hashOf(bytes)) =>
    api.inject({ method: 'POST', url: attachmentPaths.finish(hash), headers: headersOf(who) });
  return {
    test,
    idOf,
    headersOf,
    client,
    begin,
    put,
    finish,
    async handIn(who, bytes, hash = hashOf(bytes)) {
      const begun = await begin(who, bytes, hash);
      if (begun.json<{ state?: string }>().state !== 'receiving') return begun;
      for (let offset = 0; offset < bytes.length; offset += ATTACHMENT_PART_BYTES) {
        const answer = await put(who, bytes, offset, hash);
        if (answer.statusCode !== 200) return answer;
      }
      return finish(who, bytes, hash);
    },
    read: (who, incident, hash, headers = {}) =>
      api.inject({
        url: attachmentPaths.ofIncident(incident, hash),
        headers: { ...headersOf(who), ...headers },
      }),
    async register(who, attachments = []) {
      const id = uuidv7();
      const [region] = PEOPLE[who];
      const outcome = await client(who).do(id, 'register', {
        ...registerArgs('Яма', region),
        attachments: [...attachments],
      });
      if (outcome.status !== 'applied') throw new Error(JSON.stringify(outcome));
      return id;
    },
  };
}
