import type { MethodArgs, MethodTable, MethodResult, ServiceOf } from './method-table.ts';

/** A call on its way. */
export type MethodCall<T extends MethodTable, M extends keyof T = keyof T> = {
  readonly [K in M]: {
    readonly id: string;
    readonly method: K;
    readonly args: MethodArgs<T, K>;
    /** The moment it was made, by this machine's clock (Unix ms). */
    readonly at: number;
  };
}[M];

/** An error as it travels: of the object itself only the message would arrive. */
interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export type MethodReply<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: SentError };

/** A message between two sides of a service. `R`: the result the listener waits for. */
export type CallMessage<T extends MethodTable, R> =
  | { readonly t: 'call'; readonly call: MethodCall<T> }
  | { readonly t: 'reply'; readonly id: string; readonly reply: MethodReply<R> };

/** Runs a call. Throws for a method the table does not have: another window may be of another build. */
export async function runCall<T extends MethodTable, M extends keyof T>(
  table: T,
  service: ServiceOf<T>,
  { method, args }: MethodCall<T, M>,
): Promise<MethodResult<T, M>> {
  if (!Object.hasOwn(table, method)) throw new Error(`No method ${String(method)}`);
  return service[method](...args);
}

export function failedReply(error: unknown): MethodReply<never> {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ok: false, error: { name, message, stack } };
}

/** The reply that tells how `work` ended; never rejects. */
export const replyOf = <R>(work: Promise<R>): Promise<MethodReply<R>> =>
  work.then((value): MethodReply<R> => ({ ok: true, value }), failedReply);

/** Gives the value of a reply. Throws the error of the other side under its name. */
export function replyValue<R>(reply: MethodReply<R>): R {
  if (reply.ok) return reply.value;
  const { name, message, stack } = reply.error;
  throw Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}

/** Buffers to be moved: those of the bytes among `values`. */
export const buffersOf = (values: readonly unknown[]): ArrayBuffer[] =>
  values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
