import { makeCodec } from './codec.ts';

/** The preload's world; page scripts see neither it nor the binding. */
export const WORLD = 'Electron Isolated Context';
export const BINDING = 'pultHostSend';
export const DELIVER = 'pultHostDeliver';

/**
 * Runs in the page's own world: builds what the preload exposes, and hands `window.open` to the main process.
 */
function mainWorld(nonce: string): void {
  const waiting = new Map<number, { ok: (value: unknown) => void; fail: (error: unknown) => void }>();
  const listeners = new Map<number, (...args: unknown[]) => unknown>();
  let last = 0;
  const say = (name: string, detail: unknown): void =>
    void dispatchEvent(new CustomEvent(nonce + name, { detail }));
  const pack = (value: unknown): unknown => {
    if (typeof value !== 'function') return value;
    last += 1;
    listeners.set(last, value as () => unknown);
    return { fromPage: last };
  };
  const build = (shape: unknown): unknown => {
    if (shape === null || typeof shape !== 'object') return shape;
    const { fn, members } = shape as { fn?: number; members?: Record<string, unknown> };
    if (fn !== undefined)
      return (...args: unknown[]) => {
        let answer: { now?: unknown } = {};
        last += 1;
        const id = last;
        const promise = new Promise((ok, fail) => waiting.set(id, { ok, fail }));
        const heard = (event: Event): void => {
          answer = (event as CustomEvent).detail as typeof answer;
        };
        addEventListener(`${nonce}now${id}`, heard, { once: true });
        say('call', { id, fn, args: args.map(pack) });
        return 'now' in answer ? build(answer.now) : promise;
      };
    const made = Object.entries(members ?? {}).map(([key, member]) => [key, build(member)]);
    return Object.freeze(Object.fromEntries(made));
  };
  addEventListener(`${nonce}expose`, (event) => {
    const { key, shape } = (event as CustomEvent).detail as { key: string; shape: unknown };
    if (!Object.hasOwn(window, key)) Object.defineProperty(window, key, { value: build(shape) });
  });
  addEventListener(`${nonce}return`, (event) => {
    const { id, value, error } = (event as CustomEvent).detail as {
      id: number;
      value: unknown;
      error?: string;
    };
    if (error === undefined) waiting.get(id)?.ok(value);
    else waiting.get(id)?.fail(new Error(error));
    waiting.delete(id);
  });
  addEventListener(`${nonce}hear`, (event) => {
    const { to, args } = (event as CustomEvent).detail as { to: number; args: unknown[] };
    listeners.get(to)?.(...args);
  });
  window.open = (url) => {
    say('open', String(url ?? ''));
    return null;
  };
  say('hello', null);
}

interface Sent {
  readonly kind: 'invoke' | 'open' | 'send';
  readonly id: number;
  readonly channel: string;
  readonly args: string;
}

/**
 * Runs in the preload's world, in the main frame of our pages only: `electron` as a sandboxed preload script
 * has it.
 */
function preloadWorld(
  nonce: string,
  names: { binding: string; deliver: string; origin: string },
  codec: ReturnType<typeof makeCodec>,
  preload: (require: (name: string) => unknown) => void,
): void {
  if (window.top !== window || location.origin !== names.origin) return;
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = (sent: Sent): void => (scope[names.binding] as (text: string) => void)(JSON.stringify(sent));
  const waiting = new Map<number, { ok: (value: unknown) => void; fail: (error: unknown) => void }>();
  const channels = new Map<string, Set<(...args: unknown[]) => void>>();
  let last = 0;
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => {
      last += 1;
      const id = last;
      const text = codec.write(args);
      return new Promise((ok, fail) => {
        waiting.set(id, { ok, fail });
        post({ kind: 'invoke', id, channel, args: text });
      });
    },
    on: (channel: string, listener: () => void) => {
      channels.set(channel, (channels.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: () => void) => void channels.get(channel)?.delete(listener),
  };
  scope[names.deliver] = (text: string): void => {
    const said = codec.read(text) as {
      id?: number;
      value?: unknown;
      error?: string;
      channel?: string;
      args?: unknown[];
    };
    if (said.channel !== undefined) {
      for (const listener of channels.get(said.channel) ?? [])
        listener({ sender: ipcRenderer }, ...(said.args ?? []));
      return;
    }
    const call = waiting.get(said.id ?? 0);
    waiting.delete(said.id ?? 0);
    if (said.error === undefined) call?.ok(said.value);
    else call?.fail(new Error(said.error));
  };
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const shapeOf = (value: unknown): unknown => {
    if (typeof value === 'function') return { fn: functions.push(value as () => unknown) - 1 };
    if (value === null || typeof value !== 'object') return value;
    return {
      members: Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)])),
    };
  };
  const say = (name: string, detail: unknown): void =>
    void dispatchEvent(new CustomEvent(nonce + name, { detail }));
  const exposed: { key: string; shape: unknown }[] = [];
  addEventListener(`${nonce}hello`, () => exposed.forEach((entry) => say('expose', entry)));
  addEventListener(`${nonce}open`, (event) =>
    post({ kind: 'open', id: 0, channel: String((event as CustomEvent).detail), args: '' }),
  );
  addEventListener(`${nonce}call`, (event) => {
    const { id, fn, args } = (event as CustomEvent).detail as { id: number; fn: number; args: unknown[] };
    const unpacked = args.map((arg) => {
      const to = (arg as { fromPage?: number } | null)?.fromPage;
      return to === undefined ? arg : (...heard: unknown[]) => say('hear', { to, args: heard });
    });
    const answer = functions[fn]?.(...unpacked);
    if (!(answer instanceof Promise)) return say(`now${id}`, { now: shapeOf(answer) });
    answer.then(
      (value: unknown) => say('return', { id, value }),
      (error: unknown) =>
        say('return', { id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => {
      exposed.push({ key, shape: shapeOf(api) });
      exposed.slice(-1).forEach((entry) => say('expose', entry));
    },
  };
  preload((name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return { contextBridge, ipcRenderer };
  });
}

/** The two scripts of a page whose preload script is `preload` (source of a CommonJS module). */
export function pageScripts(
  preload: string,
  origin: string,
): { readonly main: string; readonly isolated: string } {
  const nonce = JSON.stringify(crypto.randomUUID());
  const names = JSON.stringify({ binding: BINDING, deliver: DELIVER, origin });
  return {
    main: `(${mainWorld.toString()})(${nonce});`,
    isolated:
      `(${preloadWorld.toString()})(${nonce}, ${names}, (${makeCodec.toString()})(), ` +
      `function (require) { const module = { exports: {} }; const exports = module.exports; ${preload}\n});`,
  };
}
