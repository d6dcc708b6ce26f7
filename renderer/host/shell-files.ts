import { WAITING_PART_BYTES, type ShellBridge } from '#shared/protocol/ipc.ts';
import type { ShellFiles } from '#renderer/data/store/shell-files.ts';
import { callShell } from './shell-bridge.ts';

/** Parts of a file are called for one by one: a whole one would be copied between processes at once. */
async function readParts(
  bridge: ShellBridge,
  [profile, hash, from, to]: Parameters<ShellFiles['readWaiting']>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = from; offset < to; offset += WAITING_PART_BYTES) {
    const length = Math.min(WAITING_PART_BYTES, to - offset);
    const part = await callShell(bridge, 'waiting.read', { profile, hash, offset, length });
    if (part === null) return null;
    parts.push(new Uint8Array(part));
    if (part.length < length) break;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** {@link ShellFiles} over the bridge of the shell. */
export const shellFiles = (bridge: ShellBridge): ShellFiles => ({
  appendJournal: async (profile, text) => {
    await callShell(bridge, 'journal.append', { profile, text });
  },
  readJournal: (profile) => callShell(bridge, 'journal.read', profile),
  replaceJournal: async (profile, text) => {
    await callShell(bridge, 'journal.replace', { profile, text });
  },
  keepWaiting: async (profile, hash, bytes) => {
    for (let offset = 0; offset < bytes.length; offset += WAITING_PART_BYTES) {
      const part = bytes.slice(offset, offset + WAITING_PART_BYTES);
      const isLast = offset + part.length === bytes.length;
      await callShell(bridge, 'waiting.write', { profile, hash, offset, part, isLast });
    }
  },
  readWaiting: (...args) => readParts(bridge, args),
  listWaiting: (profile) => callShell(bridge, 'waiting.list', profile),
  removeWaiting: async (profile, hash) => {
    await callShell(bridge, 'waiting.remove', { profile, hash });
  },
});
