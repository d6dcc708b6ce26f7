import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lines kept open to the callback, as a network in a hurry has them. */
const LINES = 256;
const TURN_MS = 5;

/** How calls of one stream ended. */
export interface Called {
  /** From the moment each call was due, in their order, ms: so that a slow answer delays nobody's clock. */
  readonly waits: readonly number[];
  readonly refused: number;
  /** How long the caller itself was busy elsewhere at most, ms: no wait can be told more exactly. */
  readonly own: number;
}

async function call(agent: Agent, url: URL, body: string): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    request(url, { agent, method: 'POST', headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(answer.statusCode === 200 && Buffer.concat(chunks).toString() === 'ok'));
      answer.on('error', () => resolve(false));
    })
      .on('error', () => resolve(false))
      .end(body);
  });
}

/**
 * Calls so many times a second whatever the answers take. What is not confirmed is called again, as VK does,
 * until it is.
 */
export async function callSteadily(
  address: string,
  bodies: readonly string[],
  perSecond: number,
): Promise<Called> {
  const agent = new Agent({ keepAlive: true, maxSockets: LINES });
  const url = new URL(address);
  const waits: number[] = [];
  let refused = 0;
  const busy = monitorEventLoopDelay({ resolution: TURN_MS });
  busy.enable();
  const deliver = async (body: string, index: number, due: number): Promise<void> => {
    while (!(await call(agent, url, body))) {
      refused += 1;
      await sleep(200);
    }
    waits[index] = performance.now() - due;
  };
  const under: Promise<void>[] = [];
  const began = performance.now();
  while (under.length < bodies.length) {
    const dueNow = Math.min(bodies.length, Math.ceil(((performance.now() - began) / 1000) * perSecond));
    for (let index = under.length; index < dueNow; index += 1)
      under.push(deliver(bodies[index] ?? '', index, began + (index / perSecond) * 1000));
    await sleep(TURN_MS);
  }
  await Promise.all(under);
  agent.destroy();
  busy.disable();
  return { waits, refused, own: busy.max / 1e6 };
}
