import { FakeServer } from './fake-server.ts';

/**
 * The two methods of VK by which one message is read, for one reading token: parameters must be known ones,
 * the version present; what is not there is answered as VK does, with an empty list, and errors come on
 * order.
 */
export class FakeVkReading {
  /** By `owner_post` and `owner:comment`. */
  readonly items = new Map<string, object>();
  readonly calls: string[] = [];
  /** Error codes of the next calls. */
  failures: number[] = [];
  readonly #token: string;
  readonly #server = new FakeServer((request, response, body) => {
    const method = (request.url ?? '').replace('/method/', '');
    this.calls.push(method);
    response.end(this.#answer(method, new URLSearchParams(body)));
  });

  constructor(token: string) {
    this.#token = token;
  }

  start(): Promise<string> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  #answer(method: string, params: URLSearchParams): string {
    const failure = this.failures.shift();
    if (failure !== undefined) return refuse(failure);
    if (params.get('access_token') !== this.#token) return refuse(5);
    if (params.get('v') === null) return refuse(8);
    const known = METHODS[method];
    if (known === undefined) return refuse(3);
    const names = [...params.keys()].filter((name) => name !== 'access_token' && name !== 'v');
    if (names.some((name) => !known.includes(name)) || !known.every((name) => names.includes(name)))
      return refuse(100);
    const key = params.get('posts') ?? `${params.get('owner_id')}:${params.get('comment_id')}`;
    const item = this.items.get(key);
    return JSON.stringify({
      response: {
        items: item === undefined ? [] : [item],
        profiles: [{ id: 10, first_name: 'Иван', last_name: 'Петров' }],
        groups: [{ id: 777, name: 'ЦУР области' }],
      },
    });
  }
}

const METHODS: Readonly<Record<string, readonly string[]>> = {
  'wall.getById': ['posts', 'extended'],
  'wall.getComment': ['owner_id', 'comment_id', 'extended'],
};

const refuse = (code: number): string =>
  JSON.stringify({ error: { error_code: code, error_msg: 'no', request_params: [] } });
