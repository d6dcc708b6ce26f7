import {
  attachmentPaths,
  attachmentRefusedSchema,
  attachmentStateSchema,
  partMisplacedSchema,
  type AttachmentState,
  type HandInProblem,
} from '#shared/protocol/attachments.ts';
import { apiErrorSchema, type ApiError } from '#shared/protocol/errors.ts';
import { answered, failed, messageOf, type Answer } from '#renderer/data/sync/failure.ts';
import { Line, retryAfterMs, type LineOptions } from '#renderer/data/sync/line.ts';

/** The centre's answer to a step of an upload (docs/decisions/001-attachments.md lists them). */
export type UploadReply =
  | AttachmentState
  /** Go on from `received`. */
  | { readonly state: 'misplaced'; readonly received: number }
  /** The unfinished upload was removed: begin again. */
  | { readonly state: 'gone' }
  /** The centre will not take these bytes, ever. */
  | { readonly state: 'refused'; readonly problem: HandInProblem }
  /**
   * No line, a busy centre, a quota, a session that has ended. `afterMs`: how long it asked to be left alone.
   */
  | { readonly state: 'later'; readonly afterMs: number | null };

/** The way of attached files to the centre and back, beside the protocol. */
export interface AttachmentLine {
  readonly begin: (hash: string, size: number) => Promise<UploadReply>;
  readonly part: (hash: string, offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<UploadReply>;
  readonly finish: (hash: string) => Promise<UploadReply>;
  readonly fetch: (incident: string, hash: string) => Promise<Answer<Uint8Array<ArrayBuffer>>>;
}

const LATER = { state: 'later', afterMs: null } as const satisfies UploadReply;

/** See {@link AttachmentLine}; the addresses and the token are the transport's. */
export function attachmentLine(options: LineOptions): AttachmentLine {
  const line = new Line(options);
  const ask = async (method: string, path: string, body?: unknown): Promise<UploadReply> => {
    const answer = await line.send(method, path, body);
    return answer.ok ? answerOf(answer.value).catch(() => LATER) : LATER;
  };
  return {
    begin: (hash, size) => ask('POST', attachmentPaths.begin(hash), { size }),
    part: (hash, offset, bytes) => ask('PUT', attachmentPaths.part(hash, offset), bytes),
    finish: (hash) => ask('POST', attachmentPaths.finish(hash)),
    fetch: async (incident, hash) => {
      const answer = await line.send('GET', attachmentPaths.ofIncident(incident, hash), undefined);
      if (!answer.ok) return answer;
      try {
        if (answer.value.ok) return answered(new Uint8Array(await answer.value.arrayBuffer()));
        return failed({ kind: 'nonsense', message: `HTTP ${answer.value.status}` });
      } catch (error) {
        return failed({ kind: 'network', message: messageOf(error) });
      }
    },
  };
}

async function answerOf(response: Response): Promise<UploadReply> {
  const body: unknown = await response.json();
  if (response.ok) return attachmentStateSchema.parse(body);
  const { kind, detail } = apiErrorSchema.parse(body).error;
  const afterMs = retryAfterMs(response.headers.get('retry-after'));
  return meaningOf(kind, detail) ?? { state: 'later', afterMs };
}

function meaningOf(kind: ApiError['error']['kind'], detail: unknown): UploadReply | null {
  if (kind === 'not_found') return { state: 'gone' };
  const misplaced = kind === 'part_misplaced' ? partMisplacedSchema.safeParse(detail).data : undefined;
  if (misplaced !== undefined) return { state: 'misplaced', ...misplaced };
  const refused = kind === 'attachment_refused' ? attachmentRefusedSchema.safeParse(detail).data : undefined;
  return refused === undefined ? null : { state: 'refused', ...refused };
}
