import { isDeepStrictEqual } from 'node:util';
import type { SnapshotResult } from '#server/sync/snapshot.ts';
import { Accounts } from './accounts.ts';
import { transportTo, type ApiSide, type HelloResult } from './api-side.ts';
import type { MemoryRegion } from './memory-region.ts';
import type { PostgresRegion } from './postgres-region.ts';
import type { SimulatedRegion } from './region.ts';

interface Line {
  readonly t?: string;
  readonly v?: number;
  readonly id?: string;
  readonly row?: { readonly id?: string };
}

/** Marks are made at random. */
interface Marks {
  readonly sha256?: string;
  readonly mark?: string | null;
}

/** Lines of a page without the digest of its bytes: PostgreSQL writes fields in another order. */
function pageLines(result: SnapshotResult): unknown {
  if (result.kind !== 'page') return result;
  const lines = result.body.toString().trimEnd().split('\n');
  return lines.map((line) => {
    const { sha256: _sha256, mark: _mark, ...rest } = JSON.parse(line) as Line & Marks;
    return rest;
  });
}

const nameOf = ({ v = 0, id, row }: Line): string => `${String(v).padStart(9, '0')} ${id ?? row?.id ?? ''}`;

/** An answer to a greeting without the mark of the head. */
function greeting(result: HelloResult): unknown {
  if (result.kind !== 'hello') return result;
  const { mark: _mark, ...response } = result.response;
  return asIs(response);
}

/** A page of the feed; changes of one revision come in any order. */
function feedPage(result: Awaited<ReturnType<ApiSide['changes']>>): unknown {
  if (result.kind !== 'changes') return result;
  const { mark: _mark, ...page } = JSON.parse(result.body) as { changes: Line[] } & Marks;
  return { ...page, changes: page.changes.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

const isPage = (answer: unknown): answer is { readonly body: Buffer | string } =>
  typeof answer === 'object' && answer !== null && 'body' in answer;

const asIs = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The revision of which a page of rows or of the feed tells the mark. */
function markIn(body: Buffer | string): readonly [v: number, mark: string | null] {
  const [head = ''] = body.toString().split('\n', 1);
  const {
    v0,
    to = 0,
    mark = null,
  } = JSON.parse(head) as Marks & { readonly v0?: number; readonly to?: number };
  return [v0 ?? to, mark];
}

/**
 * Asks both the same, gives PostgreSQL's answer and notes where the model's is another one. The model takes
 * over every mark that a console is told, for each of the two makes its own.
 */
export function twinSide(
  real: ApiSide,
  region: Pick<MemoryRegion, 'side' | 'state'>,
  differences: string[],
): ApiSide {
  const model = region.side();
  const adopt = (v: number, mark: string | null): void => {
    if (mark !== null) region.state.marks.set(v, mark);
  };
  const both = async <T>(kind: string, ask: (side: ApiSide) => Promise<T>, seen: (answer: T) => unknown) => {
    const [answer, other] = [await ask(real), await ask(model)];
    if (isPage(answer)) adopt(...markIn(answer.body));
    if (!isDeepStrictEqual(seen(answer), seen(other)))
      differences.push(
        `${kind}: PostgreSQL ${JSON.stringify(seen(answer))}, model ${JSON.stringify(seen(other))}`,
      );
    return answer;
  };
  return {
    hello: async (...args) => {
      const result = await both('hello', (side) => side.hello(...args), greeting);
      if (result.kind === 'hello') adopt(result.response.headV, result.response.mark ?? null);
      return result;
    },
    snapshot: (...args) => both('snapshot', (side) => side.snapshot(...args), pageLines),
    bucket: (...args) => both('bucket', (side) => side.bucket(...args), pageLines),
    changes: (...args) => both('changes', (side) => side.changes(...args), feedPage),
    push: (session, request, now) =>
      both('push', (side) => side.push(session, structuredClone(request), now), asIs),
    known: (...args) =>
      both(
        'known',
        (side) => side.known(...args),
        (ids) => ids.toSorted(),
      ),
    digest: (session) => both('digest', (side) => side.digest(session), asIs),
  };
}

/** A region on PostgreSQL with the model beside it: every request goes to both. */
export function twinRegion(real: PostgresRegion, model: MemoryRegion): SimulatedRegion {
  const accounts = new Accounts(real.code);
  const differences: string[] = [];
  const side = twinSide(real.side(), model, differences);
  const same = async <T>(what: string, a: Promise<T>, b: Promise<T>): Promise<T> => {
    const [answer, other] = [await a, await b];
    if (!isDeepStrictEqual(answer, other)) differences.push(`${what} differ behind the scenes`);
    return answer;
  };
  return {
    code: real.code,
    incidents: real.incidents,
    transport: (actor, now) => transportTo(side, () => accounts.sessionOf(actor), now),
    setRights: (account, rights) => accounts.set(account, rights),
    sessionOf: (actor) => accounts.sessionOf(actor),
    backUp: async () => {
      await real.backUp();
      model.state.marks = await real.marks();
      model.backUp();
    },
    putBack: async (way, now) => {
      const epoch = await real.putBack(way, now);
      return epoch !== null && model.putBack(way === 'restore' ? epoch : null, now);
    },
    rows: () => same('rows', real.rows(), model.rows()),
    outcomes: () => same('outcomes', real.outcomes(), model.outcomes()),
    revisions: () => same('revisions', real.revisions(), model.revisions()),
    report: (asOf) => real.report(asOf),
    complaints: () => differences,
  };
}
