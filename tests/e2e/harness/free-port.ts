import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports a system gives to whoever asks for any (Linux from 32768, others from 49152): none of those
 * takes it meanwhile.
 */
const [FIRST, END] = [20_000, 30_000];

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((done) => {
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

/** A port nobody uses, for what must come back on the same one while other tests open theirs. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) return port;
  }
}
