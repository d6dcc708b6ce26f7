import { MESSAGE_KINDS, NETWORKS, type MessageKind, type Network } from '#shared/domain/incident.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** Where a message registered by hand came from; null: nobody has said yet. */
export interface SaidOrigin {
  readonly network: Network | null;
  readonly kind: MessageKind | null;
}

const keyOf = (profile: string): string => ownKey(profile, 'register.origin');

/** Reads the choice that this person made last on this workstation; nulls before the first time. */
export function lastOrigin(profile: string): SaidOrigin {
  const [network = '', kind = ''] = (localStorage.getItem(keyOf(profile)) ?? '').split(' ');
  return { network: memberOf(NETWORKS, network) ?? null, kind: memberOf(MESSAGE_KINDS, kind) ?? null };
}

export const keepOrigin = (profile: string, { network, kind }: SaidOrigin): void =>
  localStorage.setItem(keyOf(profile), `${network ?? ''} ${kind ?? ''}`);
