import type { ShellBridge } from '#shared/protocol/ipc.ts';
import type { LineFiles } from '#renderer/sync/line-journal.ts';
import { callShell } from './shell-bridge.ts';

/** The files of one operator's journal, kept by the shell outside everything Chromium may throw away. */
export function shellJournalFiles(bridge: ShellBridge, profile: string): LineFiles {
  return {
    append: async (text) => {
      await callShell(bridge, 'journal.append', { profile, text });
    },
    read: () => callShell(bridge, 'journal.read', profile),
    replace: async (text) => {
      await callShell(bridge, 'journal.replace', { profile, text });
    },
  };
}
