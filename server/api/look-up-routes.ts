import { CENTRE_ROLES } from '#shared/domain/actor.ts';
import { lookUpRequestSchema, lookUpSchema } from '#shared/protocol/look-up.ts';
import { readMessageLink } from '#shared/text/message-link.ts';
import { lookUp } from '#server/channels/inbox/look-up.ts';
import type { Routes } from './api.ts';
import { sessionOf } from './authentication.ts';

/**
 * Reads a message by its address, for the form of registering by hand. Only ids are taken from the address:
 * calls go to the network's API as the region's page has it, never to what was pasted.
 */
export const lookUpRoutes: Routes = (api, { channels }) => {
  if (channels === undefined) return;
  const schema = { body: lookUpRequestSchema, response: { 200: lookUpSchema } };
  api.post('/api/v1/look-up', { config: { access: CENTRE_ROLES }, schema }, async (request) => {
    const link = readMessageLink(request.body.url);
    return link === null
      ? { failure: 'not_a_message' as const }
      : lookUp(channels.inbox, sessionOf(request).region.code, link);
  });
};
