import type { Role } from '#shared/domain/actor.ts';
import {
  LDAP_PATH,
  ldapChangeSchema,
  ldapCheckedSchema,
  ldapCheckSchema,
  ldapViewSchema,
} from '#shared/protocol/ldap.ts';
import { changeDirectory, checkDirectory, viewDirectory } from '#server/sign-in/ldap/change-directory.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';

const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };

/** The directory that judges passwords of the region's people: for its administrator. */
export const directoryRoutes: Routes = (api, { signIn }) => {
  if (signIn === undefined) return;
  const { deps } = signIn;

  api.get(LDAP_PATH, { config, schema: { response: { 200: ldapViewSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return viewDirectory(deps, sessionOf(request).region.code);
  });

  const change = { body: ldapChangeSchema, response: { 200: ldapViewSchema } };
  api.put(LDAP_PATH, { config, schema: change }, async (request) => {
    const { account, region } = sessionOf(request);
    const act = { by: account.id, ...auditOriginOf(request) };
    await changeDirectory(deps, region.code, request.body, act);
    return viewDirectory(deps, region.code);
  });

  const check = { body: ldapCheckSchema, response: { 200: ldapCheckedSchema } };
  api.post(`${LDAP_PATH}/check`, { config, schema: check }, async (request) =>
    checkDirectory(deps, sessionOf(request).region.code, request.body.login),
  );
};
