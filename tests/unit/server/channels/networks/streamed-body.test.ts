import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { multipart } from '#server/channels/networks/multipart.ts';
import type { OutgoingFile } from '#server/channels/networks/connector.ts';
import { NeverSent, requestText } from '#server/channels/networks/request-text.ts';
import { isRefusedFile, uploadToNetwork } from '#server/channels/networks/upload-file.ts';
import { readForm } from '#tests/fakes/form-file.ts';

let server: Server;
let origin = '';
/** Bodies that came to their end, as Node's own reader takes them apart. */
const arrived: Awaited<ReturnType<typeof readForm>>[] = [];
let isCutting = false;

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return;
  }
  arrived.push(await readForm(request, Buffer.concat(chunks)));
  if (isCutting) request.socket.destroy();
  else response.end('{}');
}

beforeAll(async () => {
  server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

function fileOf(bytes: Buffer, name: string, fails = false): OutgoingFile {
  const read = async function* () {
    yield bytes.subarray(0, bytes.length / 2);
    if (fails) throw new Error('the database is away');
    yield bytes.subarray(bytes.length / 2);
  };
  return { type: 'image/jpeg', name, size: bytes.length, width: 1, height: 1, read };
}
const post = (files: Parameters<typeof multipart>[1]): Promise<unknown> => {
  const body = multipart({ chat_id: '-1001500000000000002', caption: 'Ответ «да»\r\n--x' }, files);
  return requestText(new URL(origin), {
    method: 'POST',
    headers: { 'content-type': body.type },
    body,
    certificate: null,
    isAlone: true,
  });
};

test('a form with files arrives byte for byte, whatever their names are', async () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 256));
  await post([
    { field: 'file0', file: fileOf(bytes, 'Двор "до"\r\n.jpg') },
    { field: 'file1', file: fileOf(Buffer.from('--pult-\r\n\r\n'), 'b.jpg') },
  ]);
  const { fields, files } = arrived.at(-1) ?? {};
  expect(Object.fromEntries(fields ?? [])).toEqual({
    chat_id: '-1001500000000000002',
    caption: 'Ответ «да»\r\n--x',
  });
  expect(files?.map(({ field, type, bytes: got }) => [field, type, got])).toEqual([
    ['file0', 'image/jpeg', bytes],
    ['file1', 'image/jpeg', Buffer.from('--pult-\r\n\r\n')],
  ]);
  expect(files?.[0]?.name).toContain('Двор');
});

test('a body that could not be read to its end was surely not carried out; one that was out may have been', async () => {
  const before = arrived.length;
  const bytes = Buffer.alloc(300_000, 1);
  await expect(post([{ field: 'f', file: fileOf(bytes, 'a.jpg', true) }])).rejects.toBeInstanceOf(NeverSent);
  expect(arrived).toHaveLength(before);
  isCutting = true;
  const error: unknown = await post([{ field: 'f', file: fileOf(bytes, 'a.jpg') }]).catch(
    (thrown: unknown) => thrown,
  );
  isCutting = false;
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(NeverSent);
});

test('files go to the network that said where, and never into a network of ours', async () => {
  const file = fileOf(Buffer.from('ab'), 'a.jpg');
  const channel = { baseUrl: 'https://api.example', certificate: null } as Parameters<
    typeof uploadToNetwork
  >[0];
  for (const address of [
    'http://pu.example/u',
    'https://127.0.0.1/u',
    'https://[::1]/u',
    'https://localhost/u',
    'file:///etc/passwd',
    'x',
  ])
    await expect(uploadToNetwork(channel, address, 'f', file).catch(isRefusedFile)).resolves.toBe(true);
  await expect(
    uploadToNetwork({ ...channel, baseUrl: `${origin}/v1` }, `${origin}/upload`, 'f', file),
  ).resolves.toBe('{}');
});
