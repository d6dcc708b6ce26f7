import { countUnsent, removeCopy, whileUnused, type CopyFiles } from '#renderer/data/store/kept-copy.ts';
import { dropOwnKeys, profileOf } from './own-keys.ts';
import { removePerson } from './people-here.ts';
import { forgetSession, rememberedSession } from './remembered-session.ts';
import { logOut } from './session-api.ts';

/** The end of an attempt to forget a person. Each kind has a sentence under `forget`. */
export type Forgetting =
  | { readonly kind: 'forgotten' }
  /** By an administrator's order. */
  | { readonly kind: 'ordered' }
  /** So many actions and files have not reached the centre; nothing was removed. */
  | { readonly kind: 'unsent'; readonly count: number }
  /** A window works as this person; nothing was removed. */
  | { readonly kind: 'in_use' }
  /** The storage did not do its part; what is left goes at the next attempt. */
  | { readonly kind: 'failed' };

/** Other windows drop what they keep for themselves of the person named. */
const CHANNEL = 'pult-forgotten';

/** Drops from this window's own storage what another window forgets. To be called once. */
export function hearForgetting(): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', ({ data }: MessageEvent<string>) =>
    dropOwnKeys(sessionStorage, data),
  );
}

function dropTraces(profile: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(profile);
  channel.close();
  for (const storage of [localStorage, sessionStorage]) dropOwnKeys(storage, profile);
  const remembered = rememberedSession();
  if (remembered === null || profileOf(remembered) !== profile) return;
  forgetSession();
  void logOut(remembered);
}

async function forgetUnused(profile: string, files: CopyFiles | null): Promise<Forgetting> {
  try {
    const count = await countUnsent(profile, files);
    if (count > 0) return { kind: 'unsent', count };
    await removeCopy(profile, files);
    dropTraces(profile);
    // The last: what a crash has left is found again by it.
    await removePerson(profile);
    return { kind: 'forgotten' };
  } catch {
    return { kind: 'failed' };
  }
}

/**
 * Removes all that this workstation keeps of a person: database, journals, drafts, files, the verifier and
 * the session; never while anything has not reached the centre. Waits up to `patienceMs` for windows that
 * work as this person to close.
 */
export async function forgetPerson(
  profile: string,
  files: CopyFiles | null,
  patienceMs: number = 0,
): Promise<Forgetting> {
  const forgetting = await whileUnused(profile, patienceMs, () => forgetUnused(profile, files));
  return forgetting ?? { kind: 'in_use' };
}
