import type { CDPSession, Page } from 'playwright-core';

/** Live JavaScript heap and array buffers after a collection, megabytes. */
export interface Heap {
  readonly page: number;
  readonly worker: number;
}

interface Usage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

/** A worker has no session of its own in the driver: its messages travel inside the page's. */
async function askWorker(
  session: CDPSession,
  sessionId: string,
  id: number,
  method: string,
): Promise<unknown> {
  const answer = new Promise<unknown>((done) => {
    session.on('Target.receivedMessageFromTarget', ({ message, sessionId: from }) => {
      const parsed = JSON.parse(message) as { id?: number; result?: unknown };
      if (from === sessionId && parsed.id === id) done(parsed.result);
    });
  });
  await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
  return answer;
}

async function workerSession(session: CDPSession): Promise<string> {
  const found = new Promise<string>((done) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') done(sessionId);
    });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return found;
}

const megabytes = ({ usedSize, backingStorageSize }: Usage): number => (usedSize + backingStorageSize) / 1e6;

/** Measures the memory of the console's page and of the worker with its store. */
export async function heapOf(page: Page): Promise<Heap> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const own = await session.send('Runtime.getHeapUsage');
  const worker = await workerSession(session);
  await askWorker(session, worker, 1, 'HeapProfiler.collectGarbage');
  const usage = (await askWorker(session, worker, 2, 'Runtime.getHeapUsage')) as Usage;
  await session.detach();
  return { page: megabytes(own as Usage), worker: megabytes(usage) };
}
