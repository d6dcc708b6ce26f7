import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import { orderForgetting } from '#server/accounts/order-forgetting.ts';
import type { Routes } from './api.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const ADMINISTRATOR: readonly Role[] = ['administrator'];

const FORGET = {
  config: { access: ADMINISTRATOR },
  schema: {
    params: z.object({ id: z.string().min(1).max(60) }),
    response: { 200: z.object({ done: z.literal(true) }) },
  },
};

/** An administrator's acts on accounts. */
export const accountRoutes: Routes = (api, deps) => {
  api.post('/api/v1/accounts/:id/forget', FORGET, async (request) => {
    const { account, region } = sessionOf(request);
    const order = { region: region.code, account: request.params.id, by: account.id, address: request.ip };
    if (!(await orderForgetting(deps.db, order, deps.now()))) throw new ApiFailure('not_found');
    return { done: true } as const;
  });
};
