import type { IpcMainInvokeEvent } from 'electron';
import { isOurs } from '#electron/app/app-address.ts';

/**
 * Tells whether a call comes from where calls may come from: a window we made, its main frame, a page of ours
 * (Electron's security checklist, item 17). A blank page is nobody's and gets nothing.
 */
export function isTrustedSender(
  { sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  knownIds: ReadonlySet<number>,
): boolean {
  if (!knownIds.has(sender.id) || senderFrame === null) return false;
  return senderFrame.parent === null && senderFrame === sender.mainFrame && isOurs(senderFrame.url);
}
