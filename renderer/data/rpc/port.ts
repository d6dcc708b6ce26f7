import { v7 } from 'uuid';
import { buffersOf, failedReply, replyOf, runCall, replyValue } from './message.ts';
import type { MethodCall, CallMessage, MethodReply } from './message.ts';
import type { Carry, MethodTable, MethodResult, ServiceOf } from './method-table.ts';

/** One end of the line between a page and its worker: a `Worker` there, `self` here. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Carries calls over the port to the side that serves this table. */
export function callOver<T extends MethodTable>(port: Port, table: T): Carry<T> {
  return async (method, args) => {
    const id = v7();
    const transfer = table[method]?.moves === 'arguments' ? buffersOf(args) : [];
    port.postMessage({ t: 'call', call: { id, method, args, at: Date.now() } }, transfer);
    return replyValue(await replyTo<T, typeof method>(port, id));
  };
}

function replyTo<T extends MethodTable, M extends keyof T>(
  port: Port,
  id: string,
): Promise<MethodReply<MethodResult<T, M>>> {
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<CallMessage<T, MethodResult<T, M>>>): void => {
      if (data.t !== 'answer' || data.id !== id) return;
      port.removeEventListener('message', hear);
      resolve(data.given);
    };
    port.addEventListener('message', hear);
  });
}

/** Runs the calls that come over the port. */
export function serve<T extends MethodTable>(port: Port, table: T, service: ServiceOf<T>): void {
  const answer = async (call: MethodCall<T>): Promise<void> => {
    const reply = await replyOf(runCall(table, service, call));
    const moved = reply.ok && table[call.method]?.moves === 'result' ? buffersOf([reply.value]) : [];
    try {
      port.postMessage({ t: 'answer', id: call.id, given: reply }, moved);
    } catch (error) {
      port.postMessage({ t: 'answer', id: call.id, given: failedReply(error) });
    }
  };
  port.addEventListener('message', ({ data }: MessageEvent<CallMessage<T, unknown>>) => {
    if (data.t === 'call') void answer(data.call);
  });
}

interface Announcement<N> {
  readonly t: 'news';
  readonly news: N;
}

/** Tells the other side something it need not answer. */
export function sendNews<N>(port: Port, news: N): void {
  port.postMessage({ t: 'news', news } satisfies Announcement<N>);
}

export function onNews<N>(port: Port, listener: (news: N) => void): void {
  port.addEventListener(
    'message',
    ({ data }: MessageEvent<Announcement<N> | CallMessage<MethodTable, unknown>>) => {
      if (data.t === 'news') listener(data.news);
    },
  );
}
