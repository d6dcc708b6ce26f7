import type { HandInProblem } from '#shared/protocol/attachments.ts';
import type { AttachmentLine, UploadReply } from './attachment-line.ts';

/** The end of an attempt to hand a file in. `unreadable`: the bytes on this workstation are gone or torn. */
export type UploadEnd =
  | { readonly state: 'here' }
  | { readonly state: 'refused'; readonly problem: HandInProblem }
  | { readonly state: 'unreadable' }
  | { readonly state: 'later'; readonly afterMs: number | null };

export interface UploadParts {
  readonly line: AttachmentLine;
  readonly hash: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly read: (from: number, to: number) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Called with the bytes that have arrived. */
  readonly onProgress: (received: number) => void;
  readonly isStopped: () => boolean;
}

/**
 * Times in a row the centre may send a step back before it is left for later: a guard against going round for
 * ever.
 */
const MOST_SETBACKS = 3;

/**
 * Hands a file in from wherever the centre says it stands: begin, parts, finish. Nothing is remembered
 * between attempts, so a cut, a restart and a new sign-in all go on the same way.
 */
export async function uploadFile(parts: UploadParts): Promise<UploadEnd> {
  const { line, hash, size } = parts;
  let answer = await line.begin(hash, size);
  let setbacks = 0;
  let partBytes = 0;
  while (!parts.isStopped()) {
    if (answer.state === 'here' || answer.state === 'refused' || answer.state === 'later') return answer;
    if (answer.state !== 'receiving' && (setbacks += 1) > MOST_SETBACKS) break;
    if (answer.state === 'receiving') partBytes = Math.max(1, answer.partBytes);
    if (answer.state === 'gone') {
      answer = await line.begin(hash, size);
      continue;
    }
    parts.onProgress(answer.received);
    const next = await nextStep(parts, answer.received, partBytes);
    if (next === null) return { state: 'unreadable' };
    answer = next;
  }
  return { state: 'later', afterMs: null };
}

/**
 * Sends the part at `received`, or finishes; null when this workstation cannot read the bytes it promised.
 */
async function nextStep(
  { line, hash, size, read }: UploadParts,
  received: number,
  partBytes: number,
): Promise<UploadReply | null> {
  if (received >= size) return line.finish(hash);
  const to = Math.min(size, received + partBytes);
  const bytes = await read(received, to);
  return bytes === null || bytes.length !== to - received ? null : line.part(hash, received, bytes);
}
