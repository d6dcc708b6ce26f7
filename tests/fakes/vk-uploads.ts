import type { IncomingMessage } from 'node:http';
import { onlyFile, type FormUpload } from './form-file.ts';
import { Refusal } from './vk-refusal.ts';

type Place = 'message_photo' | 'message_doc' | 'wall_doc';

interface Saved {
  readonly name: string;
  readonly place: Place;
  readonly title: string;
  readonly bytes: Buffer;
}

/**
 * VK's files for one community: an address that is good for one upload, a field for each kind, a word that is
 * saved once, and names that are good where they were made for: photos of messages are not shown under posts.
 */
export class VkUploads {
  /** Where uploads go; set by who listens. */
  address = '';
  readonly saved: Saved[] = [];
  /** Nothing is taken before this. */
  hold: Promise<void> = Promise.resolve();
  /** The next uploads are answered like this, one after another. */
  readonly failures: ('refused' | 'nonsense' | 503)[] = [];
  readonly #group: number;
  readonly #open = new Map<string, Place>();
  readonly #arrived = new Map<string, { readonly place: Place; readonly file: FormUpload }>();
  #last = 456_239_000;

  constructor(group: number) {
    this.#group = group;
  }

  call(method: string, params: URLSearchParams): unknown {
    switch (method) {
      case 'photos.getMessagesUploadServer':
        return { ...this.#server('message_photo'), album_id: -64, user_id: 0, group_id: this.#group };
      case 'docs.getMessagesUploadServer':
        return this.#server('message_doc');
      case 'docs.getWallUploadServer':
        if (params.get('group_id') !== String(this.#group)) throw new Refusal(100);
        return this.#server('wall_doc');
      case 'photos.saveMessagesPhoto':
        return [this.#savePhoto(params)];
      case 'docs.save':
        return { type: 'doc', doc: this.#saveDoc(params) };
      default:
        return undefined;
    }
  }

  /** A file comes to an address. */
  async take(
    path: string,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; answer: object }> {
    await this.hold;
    const failure = this.failures.shift();
    if (typeof failure === 'number') return { status: failure, answer: {} };
    if (failure === 'nonsense') return { status: 200, answer: [] };
    const place = this.#open.get(path);
    this.#open.delete(path);
    const field = place === 'message_photo' ? 'photo' : 'file';
    const file = place === undefined ? null : await onlyFile(request, body, field);
    if (place === undefined || file === null || failure === 'refused')
      return {
        status: 200,
        answer: field === 'photo' ? { server: 1, photo: '[]', hash: '' } : { error: 'no_file' },
      };
    const word = `word-${this.#arrived.size}|${this.#group}`;
    this.#arrived.set(word, { place, file });
    const isPhoto = file.bytes[0] === 0xff || file.bytes[0] === 0x89;
    if (field === 'photo' && !isPhoto) return { status: 200, answer: { server: 1, photo: '[]', hash: '' } };
    return {
      status: 200,
      answer: field === 'photo' ? { server: 517_522, photo: word, hash: 'a1b2' } : { file: word },
    };
  }

  /** The files a message or a comment names. Throws what VK says to a name it did not give for that place. */
  attached(names: string | null, isComment: boolean): readonly Saved[] {
    return (names ?? '')
      .split(',')
      .filter(Boolean)
      .map((name) => {
        const found = this.saved.find(
          (file) => file.name === name && (file.place === 'wall_doc') === isComment,
        );
        if (found === undefined) throw new Refusal(100);
        return found;
      });
  }

  #server(place: Place): { upload_url: string } {
    this.#last += 1;
    this.#open.set(`/upload/${this.#last}`, place);
    return { upload_url: `${this.address}/upload/${this.#last}` };
  }

  #taken(word: string | null, isDoc: boolean): { readonly place: Place; readonly file: FormUpload } {
    const arrived = this.#arrived.get(word ?? '');
    if (arrived === undefined || (arrived.place === 'message_photo') === isDoc)
      throw new Refusal(isDoc ? 105 : 121);
    this.#arrived.delete(word ?? '');
    return arrived;
  }

  #savePhoto(params: URLSearchParams): object {
    if (params.get('server') !== '517522' || params.get('hash') !== 'a1b2') throw new Refusal(121);
    const { place, file } = this.#taken(params.get('photo'), false);
    this.#last += 1;
    const [id, owner, key] = [this.#last, -this.#group, `key${this.#last}`];
    this.saved.push({ name: `photo${owner}_${id}_${key}`, place, title: '', bytes: file.bytes });
    return {
      id,
      owner_id: owner,
      access_key: key,
      album_id: -64,
      date: 1_700_000_000,
      has_tags: false,
      sizes: [],
    };
  }

  #saveDoc(params: URLSearchParams): object {
    const { place, file } = this.#taken(params.get('file'), true);
    this.#last += 1;
    const [id, owner] = [this.#last, -this.#group];
    const title = params.get('title') ?? file.name;
    this.saved.push({ name: `doc${owner}_${id}`, place, title, bytes: file.bytes });
    return {
      id,
      owner_id: owner,
      title,
      size: file.bytes.length,
      ext: title.split('.').at(-1),
      date: 1_700_000_000,
      type: 4,
    };
  }
}
