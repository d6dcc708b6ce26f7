/**
 * A method that is called across threads or windows; arguments and result travel as structured clones.
 * `A`: its arguments, `R`: what its promise gives, `P`: how it may be repeated.
 */
export interface Method<A extends readonly unknown[], R, P extends Repeat = Repeat> {
  readonly repeat: P;
  /** Buffers of bytes that are handed over instead of copied: whoever had them cannot read them any more. */
  readonly moves: Moves;
  /** Never there; carries the types. */
  readonly signature?: (...args: A) => Promise<R>;
}

/**
 * The fate of a call whose owner died before it replied. `freely`: it is done again, which does no harm.
 * `once`: the next owner looks first for what the last one may have done; see {@link DoneBefore}.
 */
export type Repeat = 'freely' | 'once';

type Moves = 'nothing' | 'arguments' | 'result';

/** The methods of a service by name: all that callers and whoever runs it must agree on. */
export type MethodTable = Readonly<Record<string, Method<never, unknown>>>;

type Signature<M> = M extends Method<infer A, infer R> ? (...args: A) => Promise<R> : never;

type Args<T extends MethodTable> = { readonly [M in keyof T]: Parameters<Signature<T[M]>> };
type Results<T extends MethodTable> = { readonly [M in keyof T]: Awaited<ReturnType<Signature<T[M]>>> };

export type MethodArgs<T extends MethodTable, M extends keyof T> = Args<T>[M];
export type MethodResult<T extends MethodTable, M extends keyof T> = Results<T>[M];

/** The service as its callers have it and as whoever runs it implements it. */
export type ServiceOf<T extends MethodTable> = {
  readonly [M in keyof T]: (...args: MethodArgs<T, M>) => Promise<MethodResult<T, M>>;
};

/** Carries a call of any method of the table to where it runs. */
export type Carry<T extends MethodTable> = <M extends keyof T>(
  method: M,
  args: MethodArgs<T, M>,
) => Promise<MethodResult<T, M>>;

/** Finds what a method made of the same call at or after `since` (Unix ms), null when it was not run. */
type FindDone<T extends MethodTable, M extends keyof T> = (
  since: number,
  ...args: MethodArgs<T, M>
) => Promise<MethodResult<T, M> | null>;

/** A finder for every method that is done once. */
export type DoneBefore<T extends MethodTable> = {
  readonly [M in keyof T as T[M] extends Method<never, unknown, 'once'> ? M : never]: FindDone<T, M>;
};

/** {@link DoneBefore} to be asked for any method of the table. */
export type Finders<T extends MethodTable> = { readonly [M in keyof T]?: FindDone<T, M> };

interface Options {
  readonly moves?: Moves;
}

/** A method that reads, or that may be run twice without harm. */
export const method = <A extends readonly unknown[], R>({ moves = 'nothing' }: Options = {}): Method<
  A,
  R,
  'freely'
> => ({ repeat: 'freely', moves });

/** A method that is never run twice for one call. */
export const methodOnce = <A extends readonly unknown[], R>(): Method<A, R, 'once'> => ({
  repeat: 'once',
  moves: 'nothing',
});
