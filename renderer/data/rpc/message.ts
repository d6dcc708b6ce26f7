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
  readonly message: string;
  /** Left out by the first builds. */
  readonly name?: string;
  readonly stack?: string | undefined;
  /** Of a method that the other side does not have: those it has. */
  readonly methods?: readonly string[];
}

export type MethodReply<R> = { readonly ok: true; readonly value: R } | ({ readonly ok: false } & SentError);

/**
 * A message between two sides of a service. `R`: the result the listener waits for. Its form stays: windows
 * of different builds talk to each other.
 */
export type CallMessage<T extends MethodTable, R> =
  | { readonly t: 'call'; readonly call: MethodCall<T> }
  | { readonly t: 'answer'; readonly id: string; readonly given: MethodReply<R> };

/** The table of the side that was called has no such method: it may be of another build. */
class UnknownMethodError extends Error {
  override readonly name = 'unknown_method';
  readonly methods: readonly string[];

  constructor(method: string, table: MethodTable) {
    super(`No method ${method}`);
    this.methods = Object.keys(table);
  }
}

/** Runs a call. Throws {@link UnknownMethodError} for a method the table does not have. */
export async function runCall<T extends MethodTable, M extends keyof T>(
  table: T,
  service: ServiceOf<T>,
  { method, args }: MethodCall<T, M>,
): Promise<MethodResult<T, M>> {
  if (!Object.hasOwn(table, method)) throw new UnknownMethodError(String(method), table);
  return service[method](...args);
}

export function failedReply(error: unknown): MethodReply<never> {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const methods = error instanceof UnknownMethodError ? { methods: error.methods } : {};
  return { ok: false, name, message, stack, ...methods };
}

/** The reply that tells how `work` ended; never rejects. */
export const replyOf = <R>(work: Promise<R>): Promise<MethodReply<R>> =>
  work.then((value): MethodReply<R> => ({ ok: true, value }), failedReply);

/** Gives the value of a reply. Throws the error of the other side under its name. */
export function replyValue<R>(reply: MethodReply<R>): R {
  if (reply.ok) return reply.value;
  const { name = 'Error', message, stack } = reply;
  throw Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}

/** Buffers to be moved: those of the bytes among `values`. */
export const buffersOf = (values: readonly unknown[]): ArrayBuffer[] =>
  values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
