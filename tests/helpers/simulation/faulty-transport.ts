import type { PushRequest, PushResponse } from '#shared/protocol/envelope.ts';
import { failed, type Answer } from '#renderer/data/sync/failure.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';

/**
 * What happens to the next exchange. `late_answer`: the API acts at once, the console learns of it much
 * later, when it has gone on. `late_request`: the console gives up, and the request still arrives afterwards.
 */
export const FAULTS = [
  'none',
  'lost_request',
  'lost_answer',
  'twice',
  'late_answer',
  'late_request',
  'overtaken',
] as const;
export type Fault = (typeof FAULTS)[number];

const LOST = failed({ kind: 'network', message: 'lost' });

/** Wraps a transport so that a history decides what goes wrong. */
export class FaultyTransport {
  readonly #real: Transport;
  fault: Fault = 'none';
  /** Answers that are on their way: calling one delivers it. */
  readonly lateAnswers: (() => void)[] = [];
  /** Pushes that are on their way. */
  readonly lateRequests: (() => Promise<unknown>)[] = [];

  constructor(real: Transport) {
    this.#real = real;
  }

  asTransport(): Transport {
    return {
      hello: (request) => this.#real.hello(request),
      digest: () => this.#real.digest(),
      snapshot: (part, after) => this.#exchange(() => this.#real.snapshot(part, after)),
      changes: (query) => this.#exchange(() => this.#real.changes(query)),
      push: (request) =>
        this.#exchange(
          () => this.#real.push(structuredClone(request)),
          () => this.#inHalves(request),
        ),
      bucket: (bucket, after) => this.#exchange(() => this.#real.bucket(bucket, after)),
      stream: async () => LOST,
    };
  }

  async #inHalves(request: PushRequest): Promise<Answer<PushResponse>> {
    const middle = Math.floor(request.commands.length / 2);
    const [first, second] = [request.commands.slice(0, middle), request.commands.slice(middle)];
    const answer = await this.#real.push({ ...request, commands: second });
    return first.length === 0 ? answer : this.#real.push({ ...request, commands: first });
  }

  async #exchange<T>(send: () => Promise<Answer<T>>, sendOtherwise = send): Promise<Answer<T>> {
    const fault = this.fault;
    this.fault = 'none';
    switch (fault) {
      case 'none':
        return send();
      case 'lost_request':
        return LOST;
      case 'lost_answer':
        await send();
        return LOST;
      case 'twice':
        await send();
        return send();
      case 'overtaken':
        return sendOtherwise();
      case 'late_request':
        this.lateRequests.push(send);
        return LOST;
      case 'late_answer': {
        const answer = await send();
        return new Promise((resolve) => this.lateAnswers.push(() => resolve(answer)));
      }
      default:
        return fault satisfies never;
    }
  }
}
