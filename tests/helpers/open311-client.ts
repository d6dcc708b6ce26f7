import { createRequire } from 'node:module';

type Done = (error: unknown, value: unknown) => void;

interface Callbacks {
  readonly endpoint: string;
  serviceDiscovery(options: object, done: Done): void;
  serviceList(done: Done): void;
  serviceDefinition(code: string, done: Done): void;
  submitRequest(data: object, done: Done): void;
  serviceRequest(id: string, done: Done): void;
  serviceRequests(ids: readonly string[], params: object, done: Done): void;
}

/**
 * The npm package `open311`, a client of GeoReport that is not ours, with promises. In its JSON mode alone:
 * of its two readers of XML one is a dead git address and the other wants a compiler, so package.json puts a
 * stand-in in their place.
 */
export function open311Client(options: { discovery: string; jurisdiction: string; apiKey: string }) {
  const Open311 = createRequire(import.meta.url)('open311') as new (options: object) => Callbacks;
  const client = new Open311(options);
  const ask = (work: (done: Done) => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      work((error, value) => {
        if (error === null || error === false) resolve(value);
        else reject(new Error(String(value)));
      });
    });
  return {
    endpoint: () => client.endpoint,
    discover: () => ask((done) => client.serviceDiscovery({ cache: true }, done)),
    services: () => ask((done) => client.serviceList(done)),
    definition: (code: string) => ask((done) => client.serviceDefinition(code, done)),
    submit: (data: object) => ask((done) => client.submitRequest(data, done)),
    request: (id: string) => ask((done) => client.serviceRequest(id, done)),
    requests: (ids: readonly string[]) => ask((done) => client.serviceRequests(ids, {}, done)),
  };
}
