import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IPC_CHANNELS, IPC_REFUSALS, type IpcChannel, type IpcReply } from '#shared/protocol/ipc.ts';
import { createRegistrar } from '#electron/ipc/registrar.ts';

type Listener = Parameters<IpcMain['handle']>[1];

const CHANNELS = Object.keys(IPC_CHANNELS) as IpcChannel[];
const MAIN = { url: 'app://pult/', parent: null };
const OURS = { sender: { id: 7, mainFrame: MAIN }, senderFrame: MAIN };

/** The shell's calls with handlers that note what reached them, and what the log was told. */
function shell() {
  const listeners = new Map<string, Listener>();
  const reached: { readonly channel: string; readonly request: unknown }[] = [];
  const logged: string[] = [];
  const note = (...words: readonly unknown[]): void => void logged.push(words.map(String).join(' '));
  const registrar = createRegistrar({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    knownIds: new Set([7]),
    log: { info: note, warn: note, error: note },
  });
  for (const channel of CHANNELS)
    registrar.handle(channel, (request) => {
      reached.push({ channel, request });
      throw new Error('the system says no');
    });
  const call = async (channel: string, args: readonly unknown[], event: object = OURS) =>
    (await listeners.get(channel)?.(event as unknown as IpcMainInvokeEvent, ...args)) as IpcReply<never>;
  return { call, reached, logged };
}

/** Values that structured cloning brings through, and names and paths as a page may make them. */
const odd = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  fc.constantFrom('../../etc/passwd', 'pult:eao:../x', 'file:///etc/passwd', 'javascript:alert(1)', '\u0000'),
  fc.constantFrom(Number.NaN, -0, 2 ** 53, Infinity, 'x'.repeat(5_000_000), new Uint8Array(2_000_000)),
  fc.record({ profile: fc.string(), text: fc.anything(), hash: fc.string(), offset: fc.anything() }),
  fc.record({
    profile: fc.constant('pult:eao:1'),
    hash: fc.string(),
    part: fc.anything(),
    __proto__: fc.anything(),
  }),
);

describe('whatever a page sends', () => {
  test.each(CHANNELS)('%s answers by a named refusal, or gets what its schema says', async (channel) => {
    const { call, reached, logged } = shell();
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 3 }), async (args) => {
        const before = reached.length;
        const answer = await call(channel, args);
        const request = reached[before]?.request;
        const isFit = args.length <= 1 && IPC_CHANNELS[channel].request.safeParse(request).success;
        expect(answer.ok ? 'carried out' : IPC_REFUSALS.includes(answer.error.kind)).toBe(true);
        expect(reached.length > before ? isFit : true).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(Math.max(0, ...logged.map(({ length }) => length))).toBeLessThan(1000);
  });
});

/** A frame that went away between the call and its answer: Electron throws at every look at it. */
const gone = (): object =>
  Object.defineProperties(
    {},
    {
      url: {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      },
      parent: {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      },
    },
  );

describe('whoever sends', () => {
  const disposed = gone();
  const SENDERS: Readonly<Record<string, object>> = {
    'a frame that is gone': { sender: { id: 7, mainFrame: disposed }, senderFrame: disposed },
    'a window that is gone': {
      get sender(): never {
        throw new TypeError('Object has been destroyed');
      },
      senderFrame: MAIN,
    },
    'no frame': { sender: { id: 7, mainFrame: MAIN }, senderFrame: null },
    'a frame of a frame': {
      sender: { id: 7, mainFrame: MAIN },
      senderFrame: { url: MAIN.url, parent: MAIN },
    },
    'a window that is not ours': { sender: { id: 8, mainFrame: MAIN }, senderFrame: MAIN },
    'a page of others': otherPage('https://evil.example/'),
    'a page called like ours': otherPage('app://pult.evil.example/'),
    'a file': otherPage('file:///app/index.html'),
    'no address': otherPage(''),
    'no event at all': {},
  };
  test.each(Object.entries(SENDERS))('%s gets nothing by any call', async (_, event) => {
    const { call, reached } = shell();
    for (const channel of CHANNELS)
      expect(await call(channel, [null], event), channel).toMatchObject({
        ok: false,
        error: { kind: 'bad_sender' },
      });
    expect(reached).toEqual([]);
  });
});

function otherPage(url: string): object {
  const frame = { url, parent: null };
  return { sender: { id: 7, mainFrame: frame }, senderFrame: frame };
}
