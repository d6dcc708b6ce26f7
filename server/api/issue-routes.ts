import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { issuedPeriodSchema, issuedSchema, issueSchema, newIssueSchema } from '#shared/protocol/issues.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { isIntact, issueReport, listIssues, readIssue } from '#server/report/issues.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/issues';
/** Everyone who may read a summary of the whole region; executors see their own agency's alone. */
const READERS: readonly Role[] = ['operator', 'approver', 'observer', 'administrator'];
const ISSUERS: readonly Role[] = ['approver', 'administrator'];

/** Issued summaries: added and read, never changed. */
export const issueRoutes: Routes = (api, { db, now }) => {
  const list = {
    querystring: issuedPeriodSchema,
    response: { 200: z.object({ issues: z.array(issueSchema) }) },
  };
  api.get(PATH, { config: { access: READERS }, schema: list }, async (request) => ({
    issues: await listIssues(db, sessionOf(request).region.code, request.query),
  }));

  const byNumber = {
    params: z.object({ number: z.coerce.number().int().min(1).max(1_000_000) }),
    querystring: issuedPeriodSchema,
    response: { 200: issuedSchema },
  };
  api.get(`${PATH}/:number`, { config: { access: READERS }, schema: byNumber }, async (request) => {
    const { region } = sessionOf(request);
    const issued = await readIssue(db, region.code, request.query, request.params.number);
    if (issued === null) throw new ApiFailure('not_found');
    if (!isIntact(issued)) throw new ApiFailure('damaged');
    return issued;
  });

  const add = { body: newIssueSchema, response: { 201: issueSchema } };
  api.post(PATH, { config: { access: ISSUERS }, schema: add }, async (request, reply) => {
    const { account, region } = sessionOf(request);
    const at = now();
    const draft = request.body;
    if (draft.from > localTimeAt(region.timeZone, at).date) throw new ApiFailure('not_begun');
    const issuer = { account: account.id, name: account.displayName };
    const issue = await issueReport(db, region.code, draft, issuer, at, (tx, { number, sha256 }) =>
      writeAudit(tx, region.code, {
        at,
        actor: account.id,
        action: 'report_issue',
        ...auditOriginOf(request),
        detail: { form: draft.form, from: draft.from, to: draft.to, number, sha256 },
      }),
    );
    return reply.code(201).send(issue);
  });
};
