import type { AttachmentLine, UploadReply } from '#renderer/data/attachments/attachment-line.ts';
import { sha256 } from '#renderer/data/attachments/sha256.ts';
import { answered, failed } from '#renderer/data/sync/failure.ts';

/**
 * The centre's side of uploads in memory, as strict as docs/decisions/001-attachments.md: parts in order,
 * hashes held to the bytes.
 */
export function attachmentCentre(partBytes = 4) {
  const arrived = new Map<string, { readonly size: number; bytes: number[] }>();
  const here = new Map<string, Uint8Array<ArrayBuffer>>();
  const calls: string[] = [];
  const world = {
    /** Calls that are answered before the line goes dead. */
    callsLeft: Infinity,
    /** Called before a part is taken. */
    beforePart: (): UploadReply | null => null,
  };
  const later = { state: 'later', afterMs: null } as const;
  const stateOf = (hash: string): UploadReply => {
    const done = here.get(hash);
    if (done !== undefined)
      return { state: 'here', type: 'image/jpeg', size: done.length, width: 1, height: 1 };
    const unfinished = arrived.get(hash);
    if (unfinished === undefined) return { state: 'gone' };
    return { state: 'receiving', received: unfinished.bytes.length, partBytes };
  };
  const take = async (name: string, work: () => UploadReply | Promise<UploadReply>): Promise<UploadReply> => {
    calls.push(name);
    if (world.callsLeft <= 0) return later;
    world.callsLeft -= 1;
    return work();
  };
  const line: AttachmentLine = {
    begin: (hash, size) =>
      take('begin', () => {
        if (!here.has(hash) && !arrived.has(hash)) arrived.set(hash, { size, bytes: [] });
        return stateOf(hash);
      }),
    part: (hash, offset, bytes) =>
      take(`part ${offset}`, () => {
        const answer = world.beforePart();
        if (answer !== null) return answer;
        const unfinished = arrived.get(hash);
        if (unfinished === undefined) return stateOf(hash);
        const received = unfinished.bytes.length;
        if (offset > received) return { state: 'misplaced', received };
        if (offset === received) unfinished.bytes.push(...bytes);
        return stateOf(hash);
      }),
    finish: (hash) =>
      take('finish', async () => {
        const unfinished = arrived.get(hash);
        if (unfinished === undefined) return stateOf(hash);
        const bytes = Uint8Array.from(unfinished.bytes);
        arrived.delete(hash);
        if ((await sha256(bytes)) !== hash) return { state: 'refused', problem: 'other_bytes' };
        here.set(hash, bytes);
        return stateOf(hash);
      }),
    fetch: async (_incident, hash) => {
      const bytes = here.get(hash);
      return bytes === undefined ? failed({ kind: 'network', message: 'not uploaded' }) : answered(bytes);
    },
  };
  return { line, world, here, arrived, calls };
}
