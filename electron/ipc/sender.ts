import type { IpcMainInvokeEvent } from 'electron';
import { isOurs } from '#electron/app/app-address.ts';

type Caller = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/**
 * Tells whether a call comes from where calls may come from: a window we made, its main frame, a page of ours
 * (Electron's security checklist, item 17). A blank page is nobody's and gets nothing, nor does one that went
 * away meanwhile: Electron throws at every look at it.
 */
export function isTrustedSender(event: Caller, knownIds: ReadonlySet<number>): boolean {
  try {
    const { sender, senderFrame } = event;
    if (!knownIds.has(sender.id) || senderFrame === null) return false;
    return senderFrame.parent === null && senderFrame === sender.mainFrame && isOurs(senderFrame.url);
  } catch {
    return false;
  }
}
