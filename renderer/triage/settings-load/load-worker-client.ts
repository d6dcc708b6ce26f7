import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver } from '#renderer/data/rpc/port.ts';
import { LOAD_METHODS } from './load-methods.ts';

/** Starts a worker that reads files of rows; `end` stops it, whatever it is at. */
export function openLoadWorker() {
  // The bundler finds workers by this very form.
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { type: 'module' });
  return { reader: clientOf(LOAD_METHODS, callOver(worker, LOAD_METHODS)), end: () => worker.terminate() };
}
