import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { IPC_CHANNELS, type IpcChannel } from '#shared/protocol/ipc.ts';
import { createRegistrar } from '#electron/ipc/registrar.ts';

type Listener = Parameters<IpcMain['handle']>[1];

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function registered() {
  const listeners = new Map<string, Listener>();
  const registrar = createRegistrar({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    knownIds: new Set([7]),
    log,
  });
  const frame = (url: string, parent: unknown = null) => ({ url, parent });
  const call = (
    channel: IpcChannel,
    args: readonly unknown[],
    main = frame('app://pult/'),
    from = main,
    id = 7,
  ) =>
    Promise.resolve(
      listeners.get(channel)?.(
        { sender: { id, mainFrame: main }, senderFrame: from } as unknown as IpcMainInvokeEvent,
        ...args,
      ),
    );
  return { registrar, call, frame };
}

test('a call from our page is answered', async () => {
  const { registrar, call } = registered();
  registrar.handle('journal.read', (profile) => [profile]);
  expect(await call('journal.read', ['pult:eao:1'])).toEqual({ ok: true, value: ['pult:eao:1'] });
});

test('calls from elsewhere are refused before the handler sees them', async () => {
  const { registrar, call, frame } = registered();
  let calls = 0;
  registrar.handle('desktop.badge', () => {
    calls += 1;
    return null;
  });
  const main = frame('app://pult/');
  const refused = { ok: false, error: { kind: 'bad_sender' } };
  for (const url of ['https://evil.example/', 'about:blank', 'app://evil/', 'app://pult.evil/', ''])
    expect(await call('desktop.badge', [1], frame(url)), url).toMatchObject(refused);
  expect(await call('desktop.badge', [1], main, frame('app://pult/', main))).toMatchObject(refused);
  expect(await call('desktop.badge', [1], main, frame('app://pult/'))).toMatchObject(refused);
  expect(await call('desktop.badge', [1], main, main, 8)).toMatchObject(refused);
  expect(calls).toBe(0);
});

test.each([
  ['desktop.badge', [-1]],
  ['desktop.badge', ['1']],
  ['desktop.badge', [1, 2]],
  ['journal.append', [{ profile: '../../etc', text: '' }]],
  ['journal.append', [{ profile: 'pult:eao:1', text: 'x'.repeat(5_000_000) }]],
  ['desktop.notify', [{ title: 't', body: '', path: '//evil.example' }]],
  ['shell.state', [{}]],
] as const)('%s refuses a malformed request', async (channel, args) => {
  const { registrar, call } = registered();
  registrar.handle(channel, () => {
    throw new Error('reached');
  });
  expect(await call(channel, args)).toMatchObject({ ok: false, error: { kind: 'bad_request' } });
});

test('a full disk and a closed folder have names', async () => {
  const { registrar, call } = registered();
  for (const [code, kind] of [
    ['ENOSPC', 'disk_full'],
    ['EROFS', 'read_only'],
    ['EBUSY', 'failed'],
  ] as const) {
    registrar.handle('desktop.badge', () => {
      throw Object.assign(new Error('the system says'), { code });
    });
    expect(await call('desktop.badge', [1])).toEqual({
      ok: false,
      error: { kind, message: 'the system says' },
    });
  }
});

test('a channel without a handler stops the start', () => {
  const { registrar } = registered();
  expect(() => registrar.complete()).toThrow('No handler for shell.state');
  expect(Object.keys(IPC_CHANNELS).length).toBeGreaterThan(10);
});
