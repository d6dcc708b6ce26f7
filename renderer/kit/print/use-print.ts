import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Printed } from '#shared/protocol/ipc.ts';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';

/**
 * Printing and saving as a PDF, with a word about what went wrong. `savePdf` is null where only the print
 * dialog can.
 */
export function usePrint(): {
  readonly print: () => void;
  readonly savePdf: ((name: string) => void) | null;
} {
  const { t } = useTranslation();
  const { host } = useConsole();
  const tell = useCallback(
    (kind: Printed['kind']): void => {
      if (kind === 'no_printer' || kind === 'failed')
        tellTrouble(t(`shell.print.${kind}`), t('common.close'));
    },
    [t],
  );
  const { savePdf } = host;
  return {
    print: () => void host.print().then(tell),
    savePdf:
      savePdf === null
        ? null
        : (name) =>
            void savePdf(name).then(({ kind, message }) => {
              if (kind === 'done') tellDone(t('shell.print.saved', { path: message }));
              else tell(kind);
            }),
  };
}
