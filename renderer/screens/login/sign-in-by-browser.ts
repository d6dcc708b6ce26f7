import type { TFunction } from 'i18next';
import type { BrowserSignInEnd, ShellBridge } from '#shared/protocol/ipc.ts';
import { tellLogout, type LoginResult } from '#renderer/data/session/session-api.ts';
import { readSignedIn } from '#renderer/data/session/sign-in-api.ts';
import { callShell } from '#renderer/host/shell-bridge.ts';
import { loginTrouble } from './login-trouble.ts';

/** The end of a sign-in that let nobody in. */
type BrowserTrouble = Exclude<BrowserSignInEnd, { readonly kind: 'in' }>;

/**
 * Comes in by the person's own browser, which the shell opens. `showMark`: is given the digits that the
 * browser's last page shows too. Throws ShellRefused.
 */
export async function signInByBrowser(
  bridge: ShellBridge,
  region: string,
  showMark: (mark: string) => void,
): Promise<LoginResult | BrowserTrouble> {
  // Told later it would end the session that begins now.
  await tellLogout();
  const begun = await callShell(bridge, 'signIn.begin', region);
  if (begun.kind !== 'begun') return begun;
  showMark(begun.mark);
  const end = await callShell(bridge, 'signIn.end', null);
  return end.kind === 'in' ? readSignedIn() : end;
}

/** Says why nobody came in; '' where the person turned round. */
export function browserTrouble(trouble: BrowserTrouble, t: TFunction): string {
  if (trouble.kind === 'cancelled') return '';
  if (trouble.kind === 'refused' || trouble.kind === 'unreachable') return loginTrouble(trouble, t);
  return t(`session.browser.${trouble.kind}`);
}
