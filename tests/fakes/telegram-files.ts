import { TelegramRefusal } from './telegram-refusal.ts';

/** A photo in one size, as a message carries it. */
export interface FakePhotoSize {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly width: number;
  readonly height: number;
  readonly file_size: number;
}

const HOUR = 3_600_000;
const MAX_BYTES = 20 * 1024 ** 2;

/**
 * Files of one bot: known by their id for ever, fetched by a path that is good for an hour, none above 20 MB.
 */
export class TelegramFiles {
  /** How far the clock of paths is ahead. */
  ahead = 0;
  readonly #files = new Map<string, Buffer>();
  readonly #paths = new Map<string, { file: string; until: number }>();
  #last = 0;

  /** A photo that somebody sends: the thumbnails Telegram makes of it, and itself. */
  photo(bytes: Buffer, width = 1280, height = 960): FakePhotoSize[] {
    return [4, 2, 1].map((part) => ({
      ...this.#keep(part === 1 ? bytes : Buffer.from(`thumbnail ${part}`)),
      width: width / part,
      height: height / part,
    }));
  }

  /** A picture sent «as a file». */
  document(bytes: Buffer, mimeType: string): object {
    return { ...this.#keep(bytes), file_name: 'IMG_1.jpg', mime_type: mimeType };
  }

  /** Telegram has the file no more. */
  forget(fileId: string): void {
    this.#files.delete(fileId);
  }

  #keep(bytes: Buffer) {
    this.#last += 1;
    const id = `AgACAgIAAx0-${String(this.#last).padStart(6, '0')}_photo`;
    this.#files.set(id, bytes);
    return { file_id: id, file_unique_id: `AQAD${this.#last}`, file_size: bytes.length };
  }

  getFile(params: URLSearchParams): object {
    const id = params.get('file_id') ?? '';
    const bytes = this.#files.get(id);
    if (bytes === undefined)
      throw new TelegramRefusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
    if (bytes.length > MAX_BYTES) throw new TelegramRefusal(400, 'Bad Request: file is too big');
    const path = `photos/file_${this.#paths.size}.jpg`;
    this.#paths.set(path, { file: id, until: Date.now() + this.ahead + HOUR });
    return {
      file_id: id,
      file_unique_id: `AQAD${id.length}`,
      file_size: bytes.length,
      file_path: path,
    };
  }

  /** The bytes at a path; null when there are none, or not any more. */
  download(path: string): Buffer | null {
    const found = this.#paths.get(path);
    if (found === undefined || found.until < Date.now() + this.ahead) return null;
    return this.#files.get(found.file) ?? null;
  }
}
