import { EventEmitter } from 'node:events';

type Listener = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Listener>();

/**
 * Calls a handler as a page does. The words of the errors are Electron's own (lib/browser/ipc-dispatch.ts,
 * ipc-renderer.ts).
 */
export async function invoke(channel: string, event: unknown, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  const failed = (why: string): Error => new Error(`Error invoking remote method '${channel}': ${why}`);
  if (handler === undefined) throw failed(`Error: No handler registered for '${channel}'`);
  try {
    return await handler(event, ...args);
  } catch (error) {
    throw failed(String(error));
  }
}

/** Electron's `ipcMain`. */
class HostIpcMain extends EventEmitter {
  handle(channel: string, listener: Listener): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new HostIpcMain();
