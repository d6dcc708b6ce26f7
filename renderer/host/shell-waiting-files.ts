import { WAITING_PART_BYTES, type ShellBridge } from '#shared/protocol/ipc.ts';
import type { WaitingFiles } from '#renderer/attachments/waiting-files.ts';
import { callShell } from './shell-bridge.ts';

/**
 * {@link WaitingFiles} in the shell's profile, one call for each part: a whole file would be copied between
 * processes at once.
 */
export function shellWaitingFiles(bridge: ShellBridge, profile: string): WaitingFiles {
  return {
    keep: async (hash, bytes) => {
      for (let offset = 0; offset < bytes.length; offset += WAITING_PART_BYTES) {
        const part = bytes.slice(offset, offset + WAITING_PART_BYTES);
        const isLast = offset + part.length === bytes.length;
        await callShell(bridge, 'waiting.write', { profile, hash, offset, part, isLast });
      }
    },
    read: async (hash, from, to) => {
      const parts: Uint8Array[] = [];
      for (let offset = from; offset < to; offset += WAITING_PART_BYTES) {
        const length = Math.min(WAITING_PART_BYTES, to - offset);
        const part = await callShell(bridge, 'waiting.read', { profile, hash, offset, length });
        if (part === null) return null;
        parts.push(part);
        if (part.length < length) break;
      }
      return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    },
    list: () => callShell(bridge, 'waiting.list', profile),
    remove: async (hash) => {
      await callShell(bridge, 'waiting.remove', { profile, hash });
    },
  };
}
