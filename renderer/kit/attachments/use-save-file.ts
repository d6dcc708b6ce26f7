import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useStatus, useStore } from '#renderer/kit/context/console-context.tsx';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { saveFile } from '#renderer/host/save-file.ts';

/** Gives the person a file of an incident as a download, or says why it cannot be had. */
export function useSaveFile(incident: string): (file: Pick<Attachment, 'hash' | 'name'>) => Promise<void> {
  const { t } = useTranslation();
  const store = useStore();
  const isLive = useStatus().connection.state === 'live';
  return useCallback(
    async ({ hash, name }) => {
      const bytes = await store.attachment(incident, hash).catch(() => null);
      // Saved as plain bytes: nothing opens them within the console, and the name's ending says what they
      // are.
      if (bytes !== null) saveFile(name, 'application/octet-stream', bytes);
      else tellTrouble(t(isLive ? 'attachment.notThere' : 'attachment.offline'), t('common.close'));
    },
    [store, incident, isLive, t],
  );
}
