import {
  providerSettingsSchema,
  type ProviderChange,
  type CheckedProvider,
  type ProviderSettings,
  type ProviderView,
} from '#shared/protocol/sign-in.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import { withScope } from '#server/store/database.ts';
import type { SignInDeps } from './provider.ts';
import { readProvider, storeProvider } from './provider-settings.ts';
import type { SignIn } from './sign-in.ts';
import { SignInRefused } from './sign-in-refused.ts';

/** Reads how a region's people come in by a provider; of the client's secret whether there is one. */
export async function viewProvider({ db }: SignInDeps, region: string): Promise<ProviderView> {
  const kept = await withScope(db, { region }, (tx) => readProvider(tx, region));
  return { settings: kept?.settings ?? null, hasAccess: (kept?.sealed ?? null) !== null };
}

/** The settings as the audit log shows them. */
function shown(settings: ProviderSettings | ProviderChange): Readonly<Record<string, unknown>> {
  const { certificate, ...fields } = providerSettingsSchema.strip().parse(settings);
  return { ...fields, ownRoot: certificate !== '' };
}

/** Changes how a region's people come in by a provider, with a line in the audit log. */
export async function changeProvider(
  { db, key, now: clock }: SignInDeps,
  region: string,
  change: ProviderChange,
  { by, ...origin }: AuditOrigin & { readonly by: string },
): Promise<void> {
  const now = clock();
  await withScope(db, { region }, async (tx) => {
    const kept = await readProvider(tx, region);
    await storeProvider(tx, region, change, { key, kept, now });
    const fields = changeBetween(kept === null ? null : shown(kept.settings), shown(change));
    const access = change.clientAccess === null ? {} : { access: 'changed' };
    const detail = { kind: 'sign_in', id: 'provider', ...fields, after: { ...fields.after, ...access } };
    const line = { at: now, actor: by, ...origin, action: 'setting_changed', detail } as const;
    if (Object.keys(detail.after).length > 0) await writeAudit(tx, region, line);
  });
}

/** Asks a region's provider what it says of itself: whether anybody could come in by it at all. */
export async function checkProvider({ providers }: SignIn, region: string): Promise<CheckedProvider> {
  try {
    const { end_session_endpoint: end } = await providers.ask(region);
    return { problem: null, canSignOut: end !== undefined };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { problem: error.why, canSignOut: false };
  }
}
