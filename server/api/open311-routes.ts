import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createRequest } from '#server/partners/create-request.ts';
import { Open311Failure, type Open311FailureKind } from '#server/partners/failures.ts';
import { findRequest, findRequests } from '#server/partners/find-requests.ts';
import { fieldOf, parseBody, parseForm, type Form } from '#server/partners/form.ts';
import type { Caller, Partners } from '#server/partners/partners.ts';
import { partnerDirectory, type PartnerDirectory } from '#server/partners/partner-directory.ts';
import { definitionOf, servicesOf } from '#server/partners/services.ts';
import { toXml, type XmlValue } from '#server/partners/xml.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import type { Routes } from './api.ts';
import { toApiFailure } from './errors.ts';
import { describeError } from '#server/process/describe-error.ts';

/** Where partners of a region find Open311. */
export const open311Path = (region: string): string => `/api/open311/${region}/v2`;

const BASE = open311Path(':region');
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
const FORMATS = ['json', 'xml'] as const;
type Format = (typeof FORMATS)[number];
/** 100,000 characters of Russian, each written as six (%D0%BF), and the other fields. */
const MAX_FORM = 1024 ** 2;

interface Params {
  readonly region: string;
  /** The last part of the path, as `717475.json`. */
  readonly file?: string;
}

/** A path's last part without its format. */
function nameOf(file = ''): string {
  const name = /^(.+)\.(?:json|xml)$/.exec(file)?.[1];
  if (name === undefined) throw new Open311Failure('address');
  return name;
}

/** GeoReport names the format at the end of the path. An error is told in it as well. */
const formatOf = (request: FastifyRequest): Format => (/\.xml(?:$|\?)/.test(request.url) ? 'xml' : 'json');

function send(request: FastifyRequest, reply: FastifyReply, root: string, value: XmlValue): FastifyReply {
  void reply.header('cache-control', 'no-store');
  return formatOf(request) === 'xml'
    ? reply.type('text/xml; charset=utf-8').send(toXml(root, value))
    : reply.type('application/json; charset=utf-8').send(JSON.stringify(value));
}

const FAILURES: Readonly<Record<string, Open311FailureKind>> = {
  too_large: 'too_large',
  unavailable: 'unavailable',
  rate_limited: 'too_many',
  forbidden: 'origin',
  internal: 'internal',
};

function asOpen311(error: unknown, request: FastifyRequest): Open311Failure {
  if (error instanceof Open311Failure) return error;
  const { kind, status } = toApiFailure(error);
  if (status >= 500) request.log.error({ kind, error: describeError(error) }, 'failed');
  return new Open311Failure(FAILURES[kind] ?? 'form');
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = asOpen311(error, request);
  const language = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ru';
  if (failure.retryAfter !== null) void reply.header('retry-after', failure.retryAfter);
  return send(request, reply.code(failure.status), 'errors', failure.errors(language));
}

const queryOf = ({ url }: FastifyRequest): Form =>
  parseForm(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

function bodyOf({ headers, body }: FastifyRequest): Form {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || !Buffer.isBuffer(body))
    throw new Open311Failure('form');
  return parseBody(body);
}

/** A jurisdiction is a region here, and the path has said which. */
function checkJurisdiction(region: string, ...forms: readonly Form[]): void {
  const named = forms.map((form) => fieldOf(form, 'jurisdiction_id')).find((code) => code !== null);
  if (named !== undefined && named !== region) throw new Open311Failure('jurisdiction');
}

/** A header keeps a key out of the logs of proxies; the field is GeoReport's own way. */
function keyOf({ headers }: FastifyRequest, ...forms: readonly Form[]): string | null {
  const header = headers['x-api-key'];
  return typeof header === 'string'
    ? header
    : (forms.map((form) => fieldOf(form, 'api_key')).find(Boolean) ?? null);
}

/** Makes the reply of a reading route. */
type Read = (
  tx: ScopedTransaction,
  query: {
    readonly caller: Caller;
    readonly directory: PartnerDirectory;
    readonly form: Form;
    readonly file: string | undefined;
  },
) => Promise<XmlValue> | XmlValue;

function installReading(scope: FastifyInstance, partners: Partners): void {
  const read = (path: string, root: string, work: Read): void => {
    scope.get<{ Params: Params }>(
      path,
      { config: { access: 'public' }, schema: { hide: true } },
      async (request, reply) => {
        const { region, file } = request.params;
        const form = queryOf(request);
        checkJurisdiction(region, form);
        const caller = await partners.admit(region, keyOf(request, form), request.ip, true);
        const value = await withScope(partners.db, { region }, async (tx) =>
          work(tx, { caller, form, file, directory: await partnerDirectory(tx, region) }),
        );
        return send(request, reply, root, value);
      },
    );
  };
  const { now } = partners;
  for (const format of FORMATS) {
    read(`${BASE}/services.${format}`, 'services', (_tx, { directory }) => servicesOf(directory, now()));
    read(`${BASE}/requests.${format}`, 'service_requests', (tx, { caller, directory, form }) =>
      findRequests(tx, caller, directory, form, now()),
    );
  }
  read(`${BASE}/services/:file`, 'service_definition', (_tx, { directory, file }) =>
    definitionOf(directory, nameOf(file), now()),
  );
  read(`${BASE}/requests/:file`, 'service_requests', (tx, { caller, directory, file }) =>
    findRequest(tx, caller, directory, nameOf(file)),
  );
  read(`${BASE}/tokens/:file`, 'service_requests', () => {
    throw new Open311Failure('token');
  });
}

function installCreating(scope: FastifyInstance, partners: Partners): void {
  const options = { config: { access: 'public' as const }, bodyLimit: MAX_FORM, schema: { hide: true } };
  for (const format of FORMATS)
    scope.post<{ Params: Params }>(`${BASE}/requests.${format}`, options, async (request, reply) => {
      const { region } = request.params;
      const [form, query] = [bodyOf(request), queryOf(request)];
      checkJurisdiction(region, form, query);
      const { partner } = await partners.admit(region, keyOf(request, form, query), request.ip, false);
      if (partner === null) throw new Open311Failure('key_missing');
      const { id, isNew } = await withRetries(() =>
        withScope(partners.db, { region }, async (tx) => {
          const directory = await partnerDirectory(tx, region);
          return createRequest(tx, partners, { region, partner }, directory, form);
        }),
      );
      const answer = [{ service_request_id: id, service_notice: null, account_id: null }];
      return send(request, reply.code(isNew ? 201 : 200), 'service_requests', answer);
    });
}

/** Public: it names nothing but addresses. */
function installDiscovery(scope: FastifyInstance): void {
  for (const format of FORMATS)
    scope.get<{ Params: Params }>(
      `${BASE}/discovery.${format}`,
      { config: { access: 'public' }, schema: { hide: true } },
      async (request, reply) => {
        const { region } = request.params;
        const changeset = '2026-11-25T00:00:00Z';
        const url = `${request.protocol}://${request.host}${open311Path(region)}`;
        const endpoint = {
          specification: SPECIFICATION,
          url,
          changeset,
          type: 'production',
          formats: ['text/xml', 'application/json'],
        };
        return send(request, reply, 'discovery', {
          changeset,
          contact: 'Ключ выдаёт администратор регионального центра управления.',
          key_service: 'Ключ выдаёт администратор регионального центра управления.',
          endpoints: [endpoint],
        });
      },
    );
}

/**
 * Open311 GeoReport v2: systems of others hand in requests and follow them. Its own forms of body, answer and
 * error.
 */
export const open311Routes: Routes = (api, { partners }) => {
  if (partners === undefined) return;
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler(answerError);
    installDiscovery(scope);
    installReading(scope, partners);
    installCreating(scope, partners);
    scope.all(`${BASE}/*`, { config: { access: 'public' }, schema: { hide: true } }, async () => {
      throw new Open311Failure('address');
    });
  });
};
