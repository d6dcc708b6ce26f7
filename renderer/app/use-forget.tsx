import { useState, type ReactNode } from 'react';
import { useConsole, useStatus } from '#renderer/kit/context/console-context.tsx';
import { ForgetDialog } from '#renderer/kit/forget/forget-dialog.tsx';
import { profileOf } from '#renderer/data/session/own-keys.ts';

/** Forgetting oneself on this workstation, which waits until everything has reached the centre. */
export function useForget(): { readonly ask: () => void; readonly dialog: ReactNode } {
  const { hub, session, onForget } = useConsole();
  const { unsent } = useStatus();
  const [isAsking, setAsking] = useState(false);
  const ask = async (): Promise<void> => {
    await hub.recount();
    setAsking(true);
  };
  const dialog = isAsking && (
    <ForgetDialog
      profile={profileOf(session)}
      name={session.account.displayName}
      hindrance={unsent > 0 ? { kind: 'unsent', count: unsent } : null}
      onForget={async () => {
        await onForget();
        return null;
      }}
      onClose={() => setAsking(false)}
    />
  );
  return { ask: () => void ask(), dialog };
}
