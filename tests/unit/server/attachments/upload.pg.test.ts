import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { ATTACHMENT_PART_BYTES, attachmentPaths } from '#shared/protocol/attachments.ts';
import { readPart } from '#server/api/read-part.ts';
import { ATTACHMENT_QUOTA } from '#server/attachments/quota.ts';
import { removeUnusedAttachments } from '#server/jobs/remove-unused-attachments.ts';
import { withScope } from '#server/store/database.ts';
import { pdfBytes, pngBytes, tiffBytes, webpBytes } from '#tests/fixtures/picture-bytes.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { attachmentDesk, fileOf, hashOf, type AttachmentDesk } from '#tests/helpers/attachment-desk.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';

let desk: AttachmentDesk;
let port = 0;
beforeAll(async () => {
  desk = await attachmentDesk();
  port = Number(new URL(await desk.test.api.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => desk.test.stop());

/** A JPEG of some parts; `mark` makes it one of its own. */
function large(parts: number, mark: number): Uint8Array<ArrayBuffer> {
  const head = photoBytes({ data: [mark & 127, mark >> 7] });
  const bytes = new Uint8Array(head.length + Math.floor((parts - 0.5) * ATTACHMENT_PART_BYTES)).fill(0x55);
  bytes.set(head.subarray(0, -2));
  bytes.set([0xff, 0xd9], bytes.length - 2);
  return bytes;
}
const small = (mark: number): Uint8Array<ArrayBuffer> => photoBytes({ data: [mark & 127, mark >> 7, 9] });

const counted = async (): Promise<Record<string, number>> => {
  const { rows } = await withScope(desk.test.base.db, { region: 'eao' }, (tx) =>
    sql<Record<string, number>>`select (select count(*) from attachment) as files,
      (select count(*) from attachment_part) as parts, (select count(*)
        from attachment_upload) as uploads`.execute(tx),
  );
  return rows[0] ?? {};
};
const kindOf = (answer: { json: () => unknown }): unknown =>
  (answer.json() as { error?: { kind: string } }).error?.kind;

describe('a file comes in', () => {
  it.each([
    ['a JPEG', photoBytes({ width: 640, height: 480 }), ['image/jpeg', 640, 480]],
    ['a PNG', pngBytes(3, 4), ['image/png', 3, 4]],
    ['a WebP', webpBytes({ width: 5, height: 6 }), ['image/webp', 5, 6]],
    ['a PDF', pdfBytes(), ['application/pdf', null, null]],
  ])('%s, in one part', async (_, bytes, [type, width, height]) => {
    const answer = await desk.handIn('operator', bytes);
    expect(answer.json()).toEqual({ state: 'here', type, size: bytes.length, width, height });
    expect((await desk.begin('operator', bytes)).json()).toMatchObject({ state: 'here' });
    const incident = await desk.register('operator', [fileOf(bytes)]);
    expect(new Uint8Array((await desk.read('operator', incident, hashOf(bytes))).rawPayload)).toEqual(bytes);
  });

  it('goes on where it was cut, also after a new start of the console, and stores no part twice', async () => {
    const bytes = large(3, 1);
    const state = (received: number) => ({ state: 'receiving', received, partBytes: ATTACHMENT_PART_BYTES });
    expect((await desk.begin('operator', bytes)).json()).toEqual(state(0));
    expect((await desk.put('operator', bytes, 0)).json()).toEqual(state(ATTACHMENT_PART_BYTES));
    expect((await desk.begin('operator', bytes)).json()).toEqual(state(ATTACHMENT_PART_BYTES));
    expect((await desk.put('operator', bytes, 0)).json()).toEqual(state(ATTACHMENT_PART_BYTES));
    const early = await desk.put('operator', bytes, 2 * ATTACHMENT_PART_BYTES);
    expect([early.statusCode, early.json()]).toMatchObject([
      409,
      { error: { kind: 'part_misplaced', detail: { received: ATTACHMENT_PART_BYTES } } },
    ]);
    expect(kindOf(await desk.finish('operator', bytes))).toBe('part_misplaced');
    await desk.put('operator', bytes, ATTACHMENT_PART_BYTES);
    await desk.put('operator', bytes, 2 * ATTACHMENT_PART_BYTES);
    const before = await counted();
    expect((await desk.finish('operator', bytes)).json()).toMatchObject({
      state: 'here',
      size: bytes.length,
    });
    expect((await desk.finish('operator', bytes)).json()).toMatchObject({ state: 'here' });
    expect((await desk.put('operator', bytes, 0)).json()).toMatchObject({ state: 'here' });
    expect(await counted()).toMatchObject({ parts: before['parts'], uploads: (before['uploads'] ?? 0) - 1 });
  });

  it('keeps the same bytes once, whoever brings them, one after the other or at once', async () => {
    const bytes = large(2, 2);
    const before = await counted();
    const answers = await Promise.all([
      ...(['operator', 'second', 'roads'] as const).map((who) => desk.handIn(who, bytes)),
      desk.handIn('operator', bytes),
    ]);
    expect(answers.map((answer) => answer.json<{ state: string }>().state)).toEqual([
      'here',
      'here',
      'here',
      'here',
    ]);
    expect((await desk.handIn('heat', bytes)).json()).toMatchObject({ state: 'here' });
    expect(await counted()).toEqual({
      files: (before['files'] ?? 0) + 1,
      parts: (before['parts'] ?? 0) + 2,
      uploads: before['uploads'],
    });
  });

  it('may be given up, or begun anew with another size', async () => {
    const bytes = large(2, 3);
    const before = await counted();
    await desk.begin('operator', bytes);
    await desk.put('operator', bytes, 0);
    expect((await desk.begin('operator', bytes.subarray(0, 100), hashOf(bytes))).json()).toMatchObject({
      received: 0,
    });
    const gone = await desk.test.api.inject({
      method: 'DELETE',
      url: attachmentPaths.begin(hashOf(bytes)),
      headers: desk.headersOf('operator'),
    });
    expect(gone.statusCode).toBe(204);
    expect(await counted()).toEqual(before);
    const late = await desk.put('operator', bytes, 0);
    expect([late.statusCode, late.json()]).toMatchObject([
      404,
      { error: { detail: { reason: 'no_upload' } } },
    ]);
    expect((await desk.finish('operator', bytes)).statusCode).toBe(404);
  });
});

describe('what is no such file is refused by name, and nothing of it stays', () => {
  const exif = [0xe1, [...'Exif\0\0'].map((sign) => sign.charCodeAt(0)).concat(tiffBytes(6))] as const;
  it.each([
    ['a photo that tells where it was taken', photoBytes({ extra: [exif] }), 'has_metadata'],
    [
      'a JPEG with a page in its comment',
      photoBytes({ extra: [[0xfe, [...new TextEncoder().encode('<script>')]]] }),
      'has_metadata',
    ],
    [
      'a JPEG with a page behind it',
      photoBytes({ tail: [...new TextEncoder().encode('<html>')] }),
      'has_metadata',
    ],
    ['a page', new TextEncoder().encode('<html><script>alert(1)</script>'), 'not_accepted'],
    ['a GIF that is a script', new TextEncoder().encode('GIF89a/*'), 'not_accepted'],
    ['a PDF with a page behind it', pdfBytes('<script>'), 'hidden_content'],
    ['a PNG of 10⁵ by 10⁵', pngBytes(100_000, 100_000), 'too_many_pixels'],
    ['a JPEG of 65,535 by 65,535', photoBytes({ width: 65_535, height: 65_535 }), 'too_many_pixels'],
    ['a WebP whose canvas is 10⁵ by 10⁵', webpBytes({ canvas: [100_000, 100_000] }), 'damaged'],
    ['half a JPEG', photoBytes().subarray(0, 40), 'damaged'],
  ])('%s', async (_, bytes, problem) => {
    const before = await counted();
    const answer = await desk.handIn('operator', bytes);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { error: { kind: 'attachment_refused', detail: { problem } } },
    ]);
    expect(await counted()).toEqual(before);
  });

  it('other bytes than those of the name', async () => {
    const answer = await desk.handIn('operator', small(1), hashOf(small(2)));
    expect(answer.json()).toMatchObject({
      error: { kind: 'attachment_refused', detail: { problem: 'other_bytes' } },
    });
    expect((await desk.handIn('operator', small(2))).json()).toMatchObject({ state: 'here' });
  });

  it('300 MB, announced or not, parts too long or too short, and names that are paths', async () => {
    const { api } = desk.test;
    const headers = desk.headersOf('operator');
    const begin = (size: unknown, hash = hashOf(small(3))) =>
      api.inject({ method: 'POST', url: attachmentPaths.begin(hash), headers, payload: { size } as object });
    for (const size of [300 * 1024 ** 2, 20 * 1024 ** 2 + 1, 0, -1, 1.5, '9', null])
      expect((await begin(size)).statusCode).toBe(400);
    for (const hash of ['..%2F..%2Fetc%2Fpasswd', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(63)}%00`])
      expect((await begin(9, hash)).statusCode).toBe(400);
    const bytes = large(2, 4);
    await desk.begin('operator', bytes);
    const put = (payload: Buffer, offset = '0') =>
      api.inject({
        method: 'PUT',
        url: `${attachmentPaths.begin(hashOf(bytes))}/parts/${offset}`,
        headers,
        payload,
      });
    expect((await put(Buffer.alloc(ATTACHMENT_PART_BYTES + 1))).statusCode).toBe(413);
    expect((await put(Buffer.alloc(9))).json()).toMatchObject({
      error: { detail: { reason: 'part_length', expected: ATTACHMENT_PART_BYTES } },
    });
    for (const offset of ['-1', 'x', '1e9', '99999999999'])
      expect((await put(Buffer.alloc(9), offset)).statusCode).toBe(400);
    expect((await desk.begin('operator', bytes)).json()).toMatchObject({ received: 0 });
  });

  it('takes no word of the sender for what the bytes are', async () => {
    const page = new TextEncoder().encode('<html>x</html>');
    await desk.begin('operator', page);
    for (const type of ['image/jpeg', 'application/json', 'multipart/form-data; boundary=x', 'text/html'])
      await desk.test.api.inject({
        method: 'PUT',
        url: attachmentPaths.part(hashOf(page), 0),
        headers: { ...desk.headersOf('operator'), 'content-type': type },
        payload: Buffer.from(page),
      });
    expect((await desk.finish('operator', page)).json()).toMatchObject({
      error: { detail: { problem: 'not_accepted' } },
    });
  });

  it('observers hand nothing in, and nobody without a session', async () => {
    expect((await desk.begin('observer', small(5))).statusCode).toBe(403);
    const alone = await desk.test.api.inject({
      method: 'POST',
      url: attachmentPaths.begin(hashOf(small(5))),
      payload: { size: 9 },
    });
    expect(alone.statusCode).toBe(401);
  });
});

describe('a bad line', () => {
  const request = (bytes: Uint8Array, headers: readonly string[]): string =>
    [
      `PUT ${attachmentPaths.part(hashOf(bytes), 0)} HTTP/1.1`,
      'host: 127.0.0.1',
      `authorization: ${desk.headersOf('operator').authorization}`,
      'content-type: application/octet-stream',
      ...headers,
      '\r\n',
    ].join('\r\n');
  const line = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };

  it('that says more than it brings stores nothing, and the next one goes on', async () => {
    const bytes = large(2, 6);
    await desk.begin('operator', bytes);
    const socket = await line();
    socket.write(request(bytes, [`content-length: ${ATTACHMENT_PART_BYTES}`]));
    socket.write(bytes.subarray(0, 1000));
    socket.resume().end();
    await once(socket, 'close');
    expect((await desk.begin('operator', bytes)).json()).toMatchObject({ received: 0 });
    expect((await desk.handIn('operator', bytes)).json()).toMatchObject({ state: 'here' });
  });

  it('that pours without a length is stopped behind the bound of a part', async () => {
    const bytes = large(2, 7);
    await desk.begin('operator', bytes);
    const socket = await line();
    let answer = '';
    socket.on('data', (text: Buffer) => (answer += text.toString('latin1'))).on('error', () => undefined);
    socket.write(request(bytes, ['transfer-encoding: chunked']));
    const piece = Buffer.alloc(64 * 1024, 1);
    const chunk = Buffer.concat([
      Buffer.from(`${piece.length.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ]);
    // Written to when it is closed already, a line fails before it closes; that is no failure here.
    const closed = new Promise((done) => socket.once('close', done));
    // One byte too many and no more until the answer is here: who still writes may hear the reset before it.
    for (let sent = 0; sent < ATTACHMENT_PART_BYTES; sent += piece.length) socket.write(chunk);
    socket.write('1\r\nx\r\n');
    await vi.waitUntil(() => answer !== '' || socket.destroyed, { timeout: PATIENCE_MS });
    const pour = setInterval(() => socket.write(chunk), 1);
    await closed;
    clearInterval(pour);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(socket.bytesWritten).toBeLessThan(64 * ATTACHMENT_PART_BYTES);
    expect((await desk.begin('operator', bytes)).json()).toMatchObject({ received: 0 });
  });

  it('of many that hold on is one of a few: one more is turned away, others of the region are not', async () => {
    const bytes = large(2, 11);
    await desk.begin('operator', bytes);
    const slow = await Promise.all(Array.from({ length: 6 }, line));
    for (const socket of slow)
      socket.on('error', () => undefined).write(request(bytes, [`content-length: ${ATTACHMENT_PART_BYTES}`]));
    const answer = await vi.waitUntil(
      async () => {
        const last = await desk.put('operator', bytes, 0);
        return last.statusCode === 429 && last;
      },
      { timeout: PATIENCE_MS },
    );
    expect([kindOf(answer), answer.headers['retry-after']]).toEqual(['rate_limited', '1']);
    expect((await desk.handIn('second', small(11))).json()).toMatchObject({ state: 'here' });
    for (const socket of slow) socket.destroy();
    await vi.waitUntil(async () => (await desk.put('operator', bytes, 0)).statusCode === 200, {
      timeout: PATIENCE_MS,
    });
    expect((await desk.handIn('operator', bytes)).json()).toMatchObject({ state: 'here' });
  });

  it('that trickles for ever is given up by name', async () => {
    const body = new PassThrough();
    const trickle = setInterval(() => body.write('x'), 5);
    await expect(readPart(body, 60)).rejects.toMatchObject({ kind: 'too_slow', status: 408 });
    clearInterval(trickle);
  });
});

describe('bounds', () => {
  it('of what one account may have unfinished; another goes on', async () => {
    const codes: number[] = [];
    for (let mark = 0; mark <= ATTACHMENT_QUOTA.unfinished; mark += 1)
      codes.push((await desk.begin('heat', small(1000 + mark))).statusCode);
    expect(codes.lastIndexOf(200)).toBe(ATTACHMENT_QUOTA.unfinished - 1);
    const over = await desk.begin('heat', small(2000));
    expect(over.json()).toMatchObject({ error: { kind: 'over_quota', detail: { retryAfter: 60 } } });
    expect([over.statusCode, over.headers['retry-after']]).toEqual([429, '60']);
    expect((await desk.begin('roads', small(2000))).statusCode).toBe(200);
    const atOnce = Array.from({ length: 60 }, (_, at) => desk.begin('second', small(3000 + at)));
    const begun = (await Promise.all(atOnce)).filter(({ statusCode }) => statusCode === 200);
    expect(begun).toHaveLength(ATTACHMENT_QUOTA.unfinished);
    await withScope(desk.test.base.db, { region: 'eao' }, (tx) =>
      sql`delete from attachment_upload`.execute(tx),
    );
  });

  it('of a day, in bytes and files, which pass', async () => {
    const { base, clock } = desk.test;
    const fill = (count: number, size: number) =>
      withScope(base.db, { region: 'eao' }, (tx) =>
        sql`insert into attachment_holder (region_id, hash, account, size, at)
          select 'eao', encode(sha256(n::text::bytea), 'hex'), ${desk.idOf('heat')}, ${size},
            ${clock.now}::bigint
          from generate_series(1, ${count}::int) n`.execute(tx),
      );
    for (const [count, size] of [
      [ATTACHMENT_QUOTA.filesADay, 1],
      [52, 20 * 1024 ** 2],
    ] as const) {
      await fill(count, size);
      expect(kindOf(await desk.begin('heat', small(2100)))).toBe('over_quota');
      clock.now += MS_PER_DAY + 1;
      expect((await desk.begin('heat', small(2100))).statusCode).toBe(200);
      await withScope(base.db, { region: 'eao' }, async (tx) => {
        await sql`delete from attachment_holder where account = ${desk.idOf('heat')}`.execute(tx);
        await sql`delete from attachment_upload where account = ${desk.idOf('heat')}`.execute(tx);
      });
      clock.now -= MS_PER_DAY + 1;
    }
  });

  it('of a full disk: the part is asked for again, and nothing of the upload is lost', async () => {
    const { owner } = desk.test.base;
    const bytes = large(2, 8);
    await desk.begin('operator', bytes);
    await desk.put('operator', bytes, 0);
    await sql`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$`.execute(
      owner,
    );
    await sql`create trigger no_room before insert on attachment_part for each row execute function
      no_room()`.execute(owner);
    const answer = await desk.put('operator', bytes, ATTACHMENT_PART_BYTES);
    expect([answer.statusCode, kindOf(answer)]).toEqual([503, 'unavailable']);
    await sql`drop trigger no_room on attachment_part`.execute(owner);
    expect((await desk.begin('operator', bytes)).json()).toMatchObject({ received: ATTACHMENT_PART_BYTES });
    await desk.put('operator', bytes, ATTACHMENT_PART_BYTES);
    expect((await desk.finish('operator', bytes)).json()).toMatchObject({ state: 'here' });
  });
});

it('removes unfinished uploads after three days, and after thirty what no event has named', async () => {
  const { base } = desk.test;
  const [cut, unused, used] = [large(2, 9), small(3001), small(3002)];
  await desk.begin('operator', cut);
  await desk.put('operator', cut, 0);
  for (const bytes of [unused, used]) await desk.handIn('operator', bytes);
  const incident = await desk.register('operator', [fileOf(used)]);
  const now = desk.test.clock.now;
  const day = (count: number): Promise<void> =>
    runJob(
      removeUnusedAttachments,
      jobContext(base.db, () => now + count * MS_PER_DAY),
    );
  await day(2.9);
  expect((await desk.begin('operator', cut)).json()).toMatchObject({ received: ATTACHMENT_PART_BYTES });
  await day(3.1);
  expect((await desk.put('operator', cut, ATTACHMENT_PART_BYTES)).statusCode).toBe(404);
  await day(29);
  expect((await desk.begin('operator', unused)).json()).toMatchObject({ state: 'here' });
  await day(31);
  expect((await desk.begin('operator', unused)).json()).toMatchObject({ state: 'receiving' });
  expect((await desk.read('operator', incident, hashOf(used))).statusCode).toBe(200);
  const { rows } = await withScope(base.db, { region: 'eao' }, (tx) =>
    sql<{ n: number }>`select count(*) as n from attachment_part p where not exists (
      select from attachment a where a.upload_id = p.upload_id) and not exists (
      select from attachment_upload u where u.id = p.upload_id)`.execute(tx),
  );
  expect(rows).toEqual([{ n: 0 }]);
});
