import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { DestinationStream } from 'pino';
import { describeError } from '#server/process/describe-error.ts';
import type { Api } from './api.ts';

/**
 * Fastify's logger settings: JSON lines into `stream`. Bodies, queries, cookies and addresses' names are
 * never logged.
 */
export function loggerOptions(
  stream: DestinationStream,
  level: string,
): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    stream,
    redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.text'],
    serializers: {
      err: (error) => ({ type: error.name, message: '', stack: '', ...describeError(error) }),
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? '' }),
    },
  };
}

function whoOf(request: FastifyRequest): Record<string, string> {
  if (request.current === null) return {};
  const { region, account } = request.current.session;
  return { region: region.code, account: account.id };
}

/**
 * One line per answer: method, route pattern (never the address itself, it may hold a search), status, time,
 * who.
 */
export function installAccessLog(api: Api): void {
  api.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const level = route.startsWith('/api/') ? 'info' : 'debug';
    request.log[level](
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ...whoOf(request) },
      'answered',
    );
  });
}
