import type { FormFile } from '#server/channels/networks/multipart.ts';
import type { OutgoingFile } from '#server/channels/networks/connector.ts';

const PHOTO = { bytes: 10 * 1024 ** 2, sides: 10_000, ratio: 20 } as const;

/** True when Telegram shows a file as a photo (Bot API, sendPhoto); any other goes out as a document. */
function isPhoto({ type, size, width, height }: OutgoingFile): boolean {
  if (width === null || height === null || type === 'image/webp' || size > PHOTO.bytes) return false;
  return width + height <= PHOTO.sides && Math.max(width, height) <= PHOTO.ratio * Math.min(width, height);
}

/** A call that sends words with files as one message, or as one album: all of it or nothing. */
export interface FileCall {
  readonly method: 'sendPhoto' | 'sendDocument' | 'sendMediaGroup';
  readonly params: Readonly<Record<string, string>>;
  readonly files: readonly FormFile[];
}

/**
 * How words and files go out together. An album holds photos or documents, so among documents photos are
 * documents too.
 */
export function fileCall(text: string, files: readonly OutgoingFile[]): FileCall {
  const type = files.every(isPhoto) ? 'photo' : 'document';
  const [only] = files;
  if (only !== undefined && files.length === 1)
    return {
      method: type === 'photo' ? 'sendPhoto' : 'sendDocument',
      params: { caption: text },
      files: [{ field: type, file: only }],
    };
  const media = files.map((_, index) => ({
    type,
    media: `attach://file${index}`,
    ...(index === (type === 'photo' ? 0 : files.length - 1) && { caption: text }),
  }));
  return {
    method: 'sendMediaGroup',
    params: { media: JSON.stringify(media) },
    files: files.map((file, index) => ({ field: `file${index}`, file })),
  };
}
