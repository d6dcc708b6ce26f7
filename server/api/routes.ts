import type { Routes } from './api.ts';
import { sessionRoutes } from './session-routes.ts';

/** All route files. A new resource is a new file here. */
export const ROUTES: readonly Routes[] = [sessionRoutes];
