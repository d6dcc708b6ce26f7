import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import {
  IPC_CHANNELS,
  type IpcChannel,
  type IpcReply,
  type RequestOf,
  type ResponseOf,
} from '#shared/protocol/ipc.ts';
import type { Log } from '#electron/app/log.ts';
import { refusalOf } from './refusal.ts';
import { isTrustedSender } from './sender.ts';

export type Handler<C extends IpcChannel> = (
  request: RequestOf<C>,
  sender: WebContents,
) => ResponseOf<C> | Promise<ResponseOf<C>>;

/**
 * The one way to answer pages. Each call is checked, who asks and what is asked, before a handler sees it.
 */
export interface Registrar {
  handle<C extends IpcChannel>(channel: C, handler: Handler<C>): void;
  /** Throws when a channel of the map has no handler: a page would wait for it in vain. */
  complete(): void;
}

interface RegistrarParts {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** Ids of the windows we made. */
  readonly knownIds: ReadonlySet<number>;
  readonly log: Log;
}

/** Makes the {@link Registrar}. The only module that registers with `ipcMain`. */
export function createRegistrar({ ipcMain, knownIds, log }: RegistrarParts): Registrar {
  const missing = new Set(Object.keys(IPC_CHANNELS));
  const refuse = (channel: string, kind: 'bad_sender' | 'bad_request', message: string): IpcReply<never> => {
    log.warn(`refused ${channel}: ${kind}`);
    return { ok: false, error: { kind, message } };
  };
  const answer = async <C extends IpcChannel>(
    channel: C,
    handler: Handler<C>,
    event: IpcMainInvokeEvent,
    args: readonly unknown[],
  ): Promise<IpcReply<ResponseOf<C>>> => {
    if (!isTrustedSender(event, knownIds)) return refuse(channel, 'bad_sender', 'not a page of Pult');
    const { request, response } = IPC_CHANNELS[channel];
    const parsed = request.safeParse(args[0]);
    if (!parsed.success || args.length > 1)
      return refuse(channel, 'bad_request', parsed.error?.message ?? 'too many arguments');
    try {
      const value = await handler(parsed.data as RequestOf<C>, event.sender);
      return { ok: true, value: response.parse(value) as ResponseOf<C> };
    } catch (error) {
      log.error(`${channel} failed`, error);
      return { ok: false, error: refusalOf(error) };
    }
  };
  return {
    handle: (channel, handler) => {
      missing.delete(channel);
      ipcMain.handle(channel, (event, ...args: unknown[]) => answer(channel, handler, event, args));
    },
    complete: () => {
      if (missing.size > 0) throw new Error(`No handler for ${[...missing].join(', ')}`);
    },
  };
}
