import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTACHMENT_PART_BYTES, attachmentPaths } from '#shared/protocol/attachments.ts';
import { byteRange } from '#server/api/byte-range.ts';
import { pdfBytes } from '#tests/fixtures/picture-bytes.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { attachmentDesk, fileOf, hashOf, type AttachmentDesk } from '#tests/helpers/attachment-desk.ts';

let desk: AttachmentDesk;
beforeAll(async () => {
  desk = await attachmentDesk();
});
afterAll(() => desk.test.stop());

const large = ((): Uint8Array<ArrayBuffer> => {
  const head = photoBytes();
  const bytes = new Uint8Array(2 * ATTACHMENT_PART_BYTES + 1000).map((_, at) => at % 251);
  bytes.set(head.subarray(0, -2));
  bytes.set([0xff, 0xd9], bytes.length - 2);
  return bytes;
})();

async function shown(bytes: Uint8Array, name?: string): Promise<string> {
  await desk.handIn('operator', bytes);
  return desk.register('operator', [fileOf(bytes, name)]);
}

describe('a file as it is handed out', () => {
  it('is a picture and nothing else: its type is known by its bytes, and nothing in it may run', async () => {
    const incident = await shown(large, 'Яма у школы');
    const answer = await desk.read('operator', incident, hashOf(large));
    expect(answer.statusCode).toBe(200);
    expect(new Uint8Array(answer.rawPayload)).toEqual(large);
    const encoded = encodeURIComponent('Яма у школы.jpg');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(large.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="___ _ _____.jpg"; filename*=UTF-8''${encoded}`,
    });
  });

  it('is saved when that is asked for, and a PDF always is', async () => {
    const incident = await shown(large);
    const url = `${attachmentPaths.ofIncident(incident, hashOf(large))}?download=1`;
    const saved = await desk.test.api.inject({ url, headers: desk.headersOf('operator') });
    expect(saved.headers['content-disposition']).toMatch(/^attachment;/);
    const report = await shown(pdfBytes(), 'Ответ');
    const answer = await desk.read('operator', report, hashOf(pdfBytes()));
    expect([answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      'application/pdf',
      `attachment; filename="_____.pdf"; filename*=UTF-8''${encodeURIComponent('Ответ.pdf')}`,
    ]);
  });

  it('comes in pieces across its stored parts, and not again when it is known', async () => {
    const incident = await shown(large);
    const piece = (range: string, more: Record<string, string> = {}) =>
      desk.read('operator', incident, hashOf(large), { range, ...more });
    const start = ATTACHMENT_PART_BYTES - 10;
    const across = await piece(`bytes=${start}-${start + 499_999}`);
    expect([across.statusCode, across.headers['content-range']]).toEqual([
      206,
      `bytes ${start}-${start + 499_999}/${large.length}`,
    ]);
    expect(new Uint8Array(across.rawPayload)).toEqual(large.slice(start, start + 500_000));
    expect(new Uint8Array((await piece('bytes=-7')).rawPayload)).toEqual(large.slice(-7));
    const beyond = await piece(`bytes=${large.length}-`);
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${large.length}`]);
    expect((await piece('bytes=0-9', { 'if-range': '"other"' })).statusCode).toBe(200);
    const known = await desk.read('operator', incident, hashOf(large), {
      'if-none-match': `"${hashOf(large)}"`,
    });
    expect([known.statusCode, known.rawPayload.length]).toEqual([304, 0]);
    expect(
      (await desk.read('heat', incident, hashOf(large), { 'if-none-match': `"${hashOf(large)}"` }))
        .statusCode,
    ).toBe(404);
  });

  it('is not there yet, and says so, while its command is; a hash nobody named is unknown', async () => {
    const later = photoBytes({ data: [5] });
    const incident = await desk.register('operator', [fileOf(later)]);
    const early = await desk.read('second', incident, hashOf(later));
    expect([early.statusCode, early.json()]).toMatchObject([
      404,
      { error: { detail: { reason: 'not_uploaded' } } },
    ]);
    await desk.handIn('second', later);
    expect((await desk.read('second', incident, hashOf(later))).statusCode).toBe(404);
    await desk.handIn('operator', later);
    expect((await desk.read('second', incident, hashOf(later))).statusCode).toBe(200);
    const unknown = await desk.read('operator', incident, 'f'.repeat(64));
    expect(unknown.json<{ error: object }>().error).not.toHaveProperty('detail');
  });
});

it('ranges never leave the file', () => {
  fc.assert(
    fc.property(
      fc.option(fc.nat()),
      fc.option(fc.nat()),
      fc.integer({ min: 1, max: 2 ** 31 }),
      (first, last, size) => {
        const range = byteRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
        const isWithin =
          typeof range !== 'object' ||
          range === null ||
          (range.start >= 0 && range.start < range.end && range.end <= size);
        expect(isWithin).toBe(true);
      },
    ),
  );
  for (const odd of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=9-1',
    'bytes=0-1,3-4',
    'items=0-1',
    'bytes=a-b',
  ])
    expect(byteRange(odd, 100)).toBeNull();
});
