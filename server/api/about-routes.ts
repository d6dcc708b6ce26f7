import { aboutSchema } from '#shared/protocol/about.ts';
import { PROTOCOLS } from '#shared/protocol/version.ts';
import type { Routes } from './api.ts';

const ABOUT = { config: { access: 'public' as const }, schema: { response: { 200: aboutSchema } } };

/**
 * Answers a console that asks an address before it trusts it with a password: whether Pult answers, and in
 * which protocols.
 */
export const aboutRoutes: Routes = (api) => {
  api.get('/api/v1/about', ABOUT, async () => ({ app: 'pult' as const, protocols: [...PROTOCOLS] }));
};
