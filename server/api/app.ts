import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifySwagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { DestinationStream } from 'pino';
import { LIMITS } from '#shared/protocol/version.ts';
import type { Api, ApiDeps, OpenStream, Routes } from './api.ts';
import { installAuthentication } from './authentication.ts';
import { installConsole } from './console-files.ts';
import { toApiFailure } from './errors.ts';
import { installHealth } from './health.ts';
import { describeError } from '#server/process/describe-error.ts';
import { installAccessLog, loggerOptions } from './logging.ts';
import { installMetrics } from './metrics.ts';
import { watchForProxy } from './proxy-warning.ts';
import { API_ROUTES } from './routes.ts';
import { HELMET } from './security-headers.ts';
import { PACE, installSlowBodies, serverBounds, type Pace } from './slow-bodies.ts';
import { installTooLarge } from './too-large.ts';

/** The parts the API is built from. */
export interface AppOptions extends ApiDeps {
  /** The built console; null: the API alone. */
  readonly consoleDir: string | null;
  readonly metricsToken: string | null;
  /** Behind a proxy that sets X-Forwarded-*: its address or network, as '127.0.0.1'. */
  readonly trustProxy: string | null;
  readonly log: DestinationStream;
  readonly logLevel: string;
  /** How slow a caller may be; as an installation's unless told otherwise. */
  readonly pace?: Pace;
  /** Route files; all of them unless told otherwise. */
  readonly routes?: readonly Routes[];
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = toApiFailure(error);
  if (failure.status >= 500) {
    const write = failure.kind === 'internal' ? request.log.error : request.log.warn;
    write.call(request.log, { kind: failure.kind, error: describeError(error) }, 'failed');
  }
  if (failure.kind === 'unavailable') reply.header('retry-after', 2);
  return reply.code(failure.status).header('cache-control', 'no-store').send(failure.body());
}

function installStreams(api: Api): void {
  api.decorate('openStreams', new Set<OpenStream>());
  // Without this, stopping would wait for every listening console.
  api.addHook('preClose', async () => {
    for (const stream of api.openStreams) stream.end();
  });
}

async function installPlugins(api: Api): Promise<void> {
  await api.register(fastifyHelmet, HELMET);
  await api.register(fastifyCookie);
  // Server-sent events stay uncompressed, or a poke would wait in the compressor.
  await api.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    customTypes: /^text\/(?!event-stream)|[+/-](?:nd)?json(?:;|$)|javascript|xml|wasm/,
  });
  await api.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Pult', description: 'The central API of the operator console.', version: '1' },
    },
    transform: jsonSchemaTransform,
  });
}

/** Builds the API. Not listening yet; `close()` ends streams, finishes what is being answered and stops. */
export async function buildApp(options: AppOptions): Promise<Api> {
  const api: Api = Fastify({
    logger: loggerOptions(options.log, options.logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    bodyLimit: LIMITS.bodyBytes,
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    ...serverBounds(options.pace ?? PACE),
  }).withTypeProvider<ZodTypeProvider>();
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(answerError);
  installTooLarge(api);
  installSlowBodies(api, options.pace ?? PACE);
  installStreams(api);
  await installPlugins(api);
  installAuthentication(api, options);
  installAccessLog(api);
  installMetrics(api, options.metricsToken, options);
  installHealth(api, options, watchForProxy(api, options.trustProxy));
  for (const routes of options.routes ?? API_ROUTES) routes(api, options);
  api.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () =>
    api.swagger(),
  );
  await installConsole(api, options.consoleDir);
  return api;
}
