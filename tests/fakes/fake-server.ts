import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { must } from '#shared/domain/must.ts';

/** Answers a call whose body has arrived, as text and as it came. */
type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  bytes: Buffer,
) => void | Promise<void>;

/** How a fake listens: by TLS, or at a port where it was before. */
export interface Listening {
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** The HTTP side of a fake network. */
export class FakeServer {
  readonly #answer: Answer;
  /** Empty until it listens. */
  address = '';
  #server: Server | null = null;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  get isListening(): boolean {
    return this.#server?.listening === true;
  }

  /** Gives the address. */
  async start({ port = 0, tls }: Listening = {}): Promise<string> {
    const take = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#take(request, response);
    const server: Server = tls === undefined ? createPlain(take) : createSecure(tls, take);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const at = (server.address() as AddressInfo).port;
    // A certificate is made out for a name.
    this.address = tls === undefined ? `http://127.0.0.1:${at}` : `https://localhost:${at}`;
    return this.address;
  }

  async stop(): Promise<void> {
    const server = must(this.#server, 'a started fake');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      // Cut before its end: nothing is carried out.
      return;
    }
    const bytes = Buffer.concat(chunks);
    await this.#answer(request, response, bytes.toString(), bytes);
  }
}
