import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Poke } from '#shared/protocol/sync.ts';
import type { PokeHub } from '#server/sync/poke-hub.ts';
import type { Api, OpenStream } from './api.ts';

/** The region and clock of one stream. */
export interface StreamOptions {
  readonly region: string;
  /** Revision the console has been told of before (Last-Event-ID); -1 when it has not. */
  readonly knownV: number;
  /** Asked at every heartbeat: whether the session still stands. Never rejects. */
  readonly isAllowed: () => Promise<boolean>;
}

/** Heartbeats keep proxies from closing a quiet stream, and are when a revoked session is noticed. */
export const HEARTBEAT_MS = 15_000;

/**
 * Answers with server-sent events until the console, the session or the API ends. A poke only says that there
 * is something to fetch, so a console that reads slowly is sent the newest one alone, and one that reads
 * nothing for a heartbeat is let go.
 */
export function streamPokes(
  api: Api,
  hub: PokeHub,
  reply: FastifyReply,
  options: StreamOptions,
  heartbeatMs = HEARTBEAT_MS,
): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(': welcome\n\n');
  const leave = hub.listen(options.region, pokeWriter(raw, options.knownV));
  const heartbeat = setInterval(() => void sendHeartbeat(raw, options.isAllowed), heartbeatMs);
  const stream: OpenStream = { end: () => raw.end() };
  api.openStreams.add(stream);
  raw.once('close', () => {
    clearInterval(heartbeat);
    leave();
    api.openStreams.delete(stream);
  });
  // A connection that broke while being written to is closed; there is nothing else to do about it.
  raw.on('error', () => raw.destroy());
}

function pokeWriter(raw: ServerResponse, knownV: number): (v: number) => void {
  let newest = knownV;
  let sent = knownV;
  const write = (): void => {
    if (raw.writableEnded || raw.writableNeedDrain || newest === sent) return;
    sent = newest;
    raw.write(`id: ${sent}\ndata: ${JSON.stringify({ v: sent } satisfies Poke)}\n\n`);
  };
  raw.on('drain', write);
  return (v) => {
    newest = v;
    write();
  };
}

async function sendHeartbeat(raw: ServerResponse, isAllowed: () => Promise<boolean>): Promise<void> {
  if (raw.writableNeedDrain) {
    raw.destroy();
    return;
  }
  raw.write(': \n\n');
  if (!(await isAllowed())) raw.end();
}
