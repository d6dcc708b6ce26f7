import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Narrow {
  readonly bytesPerSecond: number;
  readonly resetAfter: number;
}

/** Bytes that travel together on a narrow line. */
const PIECE = 1000;

/**
 * How the line behaves. `up`: as a good one, `delayMs` later each way, `bytesPerSecond` each way in all, and
 * every connection broken off once it has carried `resetAfter` bytes; or, at full speed, once it has brought
 * the console as many as `cutAfter` says when it begins. `refused`: connections are cut off at once.
 * `black_hole`: connections stand and nothing arrives, neither what is under way nor what follows.
 * `foreign`: somebody else answers every request with a page of his own.
 */
export type LineState =
  | ({ readonly kind: 'up'; readonly delayMs?: number; readonly cutAfter?: () => number } & Partial<Narrow>)
  | { readonly kind: 'refused' }
  | { readonly kind: 'black_hole' }
  | { readonly kind: 'foreign'; readonly status: number };

/**
 * A TCP line between consoles and API processes that can be spoiled at any moment. With several targets it is
 * a small balancer: a connection goes to the first one that answers, beginning with the next in turn.
 */
export class BadLine {
  readonly url: string;
  /** Connections made so far. */
  connections = 0;
  /** Connections broken off for their length. */
  resets = 0;
  /** Bytes carried to the console over a narrow line. */
  carriedDown = 0;
  readonly #server: Server;
  readonly #targets: readonly URL[];
  readonly #open = new Set<Socket>();
  #state: LineState = { kind: 'up' };
  /** When each way is free again, ms. */
  readonly #freeAt = { up: 0, down: 0 };

  private constructor(server: Server, targets: readonly URL[]) {
    this.#server = server;
    this.#targets = targets;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async between(...targets: readonly string[]): Promise<BadLine> {
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new BadLine(
      server,
      targets.map((target) => new URL(target)),
    );
  }

  /** Changes the line, for connections that stand as well. */
  set(state: LineState): void {
    this.#state = state;
    if (state.kind === 'refused' || state.kind === 'foreign') this.reset();
  }

  /** Breaks every connection off (RST) and lets new ones come. */
  reset(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #accept(socket: Socket): void {
    this.connections += 1;
    this.#watch(socket);
    if (this.#state.kind === 'refused') socket.resetAndDestroy();
    else if (this.#state.kind === 'foreign') answerPage(socket, this.#state.status);
    else this.#dial(socket, this.connections, 0);
  }

  #watch(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    // Broken connections are the point of it.
    socket.on('error', () => undefined);
  }

  #dial(socket: Socket, turn: number, tried: number): void {
    const target = this.#targets[(turn + tried) % this.#targets.length];
    if (target === undefined || tried === this.#targets.length) {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    this.#watch(upstream);
    const tryNext = (): void => this.#dial(socket, turn, tried + 1);
    upstream.once('error', tryNext);
    upstream.once('connect', () => {
      upstream.off('error', tryNext);
      const left = this.#state.kind === 'up' ? (this.#state.cutAfter?.() ?? Infinity) : Infinity;
      const pair = { socket, upstream, carried: 0, left };
      this.#pump(pair, 'up');
      this.#pump(pair, 'down');
      socket.resume();
    });
  }

  #pump(pair: Pair, way: Way): void {
    const [from, to] = way === 'up' ? [pair.socket, pair.upstream] : [pair.upstream, pair.socket];
    from.on('data', (chunk: Buffer) => {
      const state = this.#state;
      if (state.kind !== 'up') return;
      if (state.bytesPerSecond !== undefined) this.#carry(pair, way, chunk, state);
      else if (way === 'down' && pair.left < Infinity) this.#bring(pair, chunk);
      else if (state.delayMs === undefined) to.write(chunk);
      else setTimeout(() => to.writable && to.write(chunk), state.delayMs);
    });
    from.once('close', () => to.destroy());
  }

  /** Lets a chunk through as far as the connection still holds. */
  #bring(pair: Pair, chunk: Buffer): void {
    const { socket, upstream, left } = pair;
    pair.left = Math.max(0, left - chunk.length);
    if (left === 0) return;
    socket.write(chunk.subarray(0, left), () => {
      if (pair.left > 0) return;
      this.resets += 1;
      socket.resetAndDestroy();
      upstream.resetAndDestroy();
    });
  }

  /** Lets a chunk through piece by piece, as fast as the line is; nothing more is read meanwhile. */
  #carry(pair: Pair, way: Way, chunk: Buffer, state: Extract<LineState, { kind: 'up' }>): void {
    const { bytesPerSecond = Infinity, resetAfter = Infinity, delayMs = 0 } = state;
    const [from, to] = way === 'up' ? [pair.socket, pair.upstream] : [pair.upstream, pair.socket];
    const now = Date.now();
    from.pause();
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      this.#freeAt[way] = Math.max(now, this.#freeAt[way]) + (piece.length / bytesPerSecond) * 1000;
      setTimeout(
        () => {
          if (!to.writable) return;
          to.write(piece);
          pair.carried += piece.length;
          if (way === 'down') this.carriedDown += piece.length;
          if (pair.carried <= resetAfter) return;
          this.resets += 1;
          pair.socket.resetAndDestroy();
          pair.upstream.resetAndDestroy();
        },
        this.#freeAt[way] - now + delayMs,
      );
    }
    setTimeout(() => from.resume(), this.#freeAt[way] - now);
  }
}

type Way = 'up' | 'down';

/** Both ends of one connection through the line. */
interface Pair {
  readonly socket: Socket;
  readonly upstream: Socket;
  carried: number;
  /** Bytes that it will still bring to the console. */
  left: number;
}

/** Answers whatever is asked with a page, as a proxy without a server behind it or a guest network does. */
function answerPage(socket: Socket, status: number): void {
  const page = '<!doctype html><title>Вход в сеть</title>';
  const head = [
    `HTTP/1.1 ${status} Page`,
    'content-type: text/html',
    `content-length: ${Buffer.byteLength(page)}`,
  ];
  socket.once('data', () => socket.end([...head, 'connection: close', '', page].join('\r\n')));
  socket.resume();
}
