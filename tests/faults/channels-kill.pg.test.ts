import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import { freePort } from '#tests/e2e/harness/free-port.ts';
import { ownerUrl } from '#tests/e2e/harness/server-truth.ts';
import { startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { VkCaller } from '#tests/fakes/vk-caller.ts';
import { freshVk, VK_GROUP as GROUP, VK_SECRET, VK_TOKENS } from '#tests/helpers/vk-channel.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const ROUNDS = Number(process.env['PULT_FAULT_ROUNDS'] ?? 3);
/** Approved replies of a round. */
const REPLIES = 5;
/**
 * Residents who write while the process dies and comes back, and the time between two, ms. They are so many
 * however long that takes: on a busy machine every further one would make it take longer.
 */
const WRITERS = 80;
const WRITE_MS = 40;
const REGION = 'eao';

const dataDir = temporaryFolder('channels-kill');
let port: number;
let server: RunningPult;
let owner: Database;
let vk: FakeVk;
let caller: VkCaller;
let operator: ApiClient;
let page: string;
let authors = 100;
const approved: string[] = [];

const start = async (): Promise<RunningPult> =>
  startServer({ hasJanuary: true, dataDir, port, isConsoleServed: false });

beforeAll(async () => {
  port = await freePort();
  vk = new FakeVk({ group: GROUP, ...VK_TOKENS });
  const baseUrl = await vk.start();
  server = await start();
  owner = connect(ownerUrl(dataDir), 2);
  const administrator = await ApiClient.logIn(server.url, server.account('administrator'));
  const page_ = freshVk({ baseUrl, readToken: null });
  const answer = z
    .object({ id: z.uuid(), callback: z.string() })
    .parse(await (await administrator.ask('channels', page_)).json());
  page = answer.id;
  caller = new VkCaller(`${server.url}${answer.callback}`);
  operator = await ApiClient.logIn(server.url, server.account('approver'));
});

afterAll(async () => {
  await caller.stop();
  await owner.destroy();
  await server.stop();
  await vk.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Residents write, and VK tells; no two write twice, so each comment is an incident. */
function residentsWrite(count: number): string[] {
  return Array.from({ length: count }, () => {
    authors += 1;
    const comment = vk.comment(9, authors, `Жалоба ${authors}`);
    caller.tell(vk.event('wall_reply_new', comment, `event-${authors}`, VK_SECRET));
    return comment.text;
  });
}

/** Residents write one after another, whatever becomes of the process. */
async function writeOn(): Promise<void> {
  for (let count = 0; count < WRITERS; count += 1) {
    residentsWrite(1);
    await sleep(WRITE_MS);
  }
}

const messages = (): Promise<{ text: string; incident: string | null }[]> =>
  withScope(owner, { region: REGION }, (tx) =>
    tx
      .selectFrom('channel_message')
      .select(['text', 'incident_id as incident'])
      .where('channel_id', '=', page)
      .execute(),
  );

const sends = () =>
  withScope(owner, { region: REGION }, (tx) =>
    tx.selectFrom('reply_send').select(['text', 'state']).where('channel_id', '=', page).execute(),
  );

/** Everything between the message and an approved answer, as a person does it. */
async function answer(text: string): Promise<void> {
  const found = await until(
    `an incident of «${text}»`,
    async () => (await messages()).find((message) => message.text === text)?.incident ?? null,
    (incident) => incident !== null,
  );
  const incident = must(found, 'the incident');
  const reply = `Ответ: ${text}`;
  const { outcomes } = await operator.push([
    operator.envelope(incident, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' }),
    operator.envelope(incident, 'route', { agency: 'upr-dorog', unit: '', from: '', reason: '' }),
    operator.envelope(incident, 'takeToWork', {}),
    operator.envelope(incident, 'draftReply', { text: reply, kind: 'final', promises: [] }),
    operator.envelope(incident, 'submitForApproval', {}),
    operator.envelope(incident, 'approve', { text: reply, submission: { number: 1, text: reply } }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(6).fill('applied'));
  approved.push(reply);
}

/** Time passes for the replies: to undo, before a repeat, until a silent sender counts as dead. */
const timePasses = () =>
  withScope(owner, { region: REGION }, async (tx) => {
    const replies = tx.updateTable('reply_send').where('channel_id', '=', page);
    await replies.set({ not_before: 0 }).where('state', 'in', ['queued', 'waiting']).execute();
    await replies
      .set((eb) => ({ changed_at: eb('changed_at', '-', 120_000) }))
      .where('state', '=', 'sending')
      .execute();
  });

const queued = (state: readonly string[]) => async (): Promise<number> =>
  (await sends()).filter((send) => state.includes(send.state)).length;

/** A round: answers wait to be sent, residents write on, the process dies in the middle of both. */
async function round(index: number): Promise<void> {
  const known = residentsWrite(REPLIES);
  for (const text of known) await answer(text);
  await until('the answers are queued', queued(['queued']), (count) => count >= REPLIES);
  // The network is slow to answer and breaks off once, after it has done what it was asked.
  vk.slowness = randomInt(20, 120);
  if (index % 2 === 1) vk.failNext('wall.createComment', 'cut');
  const sent = vk.calls.length;
  const writing = writeOn();
  await timePasses();
  await until(
    'sending has begun',
    () => vk.calls.length,
    (calls) => calls > sent,
  );
  await sleep(randomInt(0, 250));
  await server.kill('SIGKILL');
  vk.slowness = 0;
  server = await start();
  await writing;
}

test(
  `${ROUNDS} kills of the API while it receives and sends: nothing lost, nothing sent twice`,
  { timeout: 60_000 + ROUNDS * 30_000 },
  async () => {
    let interrupted = 0;
    for (let index = 1; index <= ROUNDS; index += 1) {
      await round(index);
      interrupted += await queued(['sending'])();
    }
    await caller.settled();
    const written = authors - 100;
    await until('all comments are taken in', messages, (all) => all.length >= written);
    await until(
      'all answers are sent',
      async () => (await timePasses(), await queued(['sent'])()),
      (count) => count >= approved.length,
      60_000,
    );
    const all = await messages();
    expect(all.map(({ text }) => text).toSorted()).toEqual(
      Array.from({ length: written }, (_, index) => `Жалоба ${index + 101}`).toSorted(),
    );
    expect(new Set(all.map(({ incident }) => incident)).size).toBe(written);
    const published = vk.comments.filter(({ from_id: from }) => from === -GROUP).map(({ text }) => text);
    expect(published.toSorted()).toEqual(approved.toSorted());
    // Without them the kills would have met nobody.
    expect(interrupted).toBeGreaterThan(0);
    expect(caller.repeats).toBeGreaterThan(0);
    console.info(
      `kill -9: ${ROUNDS} of the API; ${written} comments, ${caller.repeats} calls repeated, all in once; ` +
        `${approved.length} replies, ${interrupted} met while being sent, each published once`,
    );
  },
);
