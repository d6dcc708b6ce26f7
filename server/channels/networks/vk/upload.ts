import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, OutgoingFile, OutgoingReply, TokenPace } from '#server/channels/networks/connector.ts';
import { uploadToNetwork, FileUploadError } from '#server/channels/networks/upload-file.ts';
import { callVk } from './call.ts';
import { id } from './objects.ts';

/** VK's bound of a photo is the sum of its sides. */
const PHOTO_SIDES = 14_000;

const serverSchema = z.looseObject({ upload_url: z.string().max(4000) });
const word = z.union([z.string(), z.number()]).transform(String);
const photoSchema = z.looseObject({ server: word, photo: z.string().min(3), hash: z.string().min(1) });
const fileSchema = z.looseObject({ file: z.string().min(1) });
const savedSchema = z.looseObject({ id, owner_id: id, access_key: z.string().max(100).optional() });
const savedDocSchema = z.looseObject({ doc: savedSchema });

const nameOf = (
  kind: 'photo' | 'doc',
  { id: own, owner_id: owner, access_key: key }: z.output<typeof savedSchema>,
) => `${kind}${owner}_${own}${key === undefined ? '' : `_${key}`}`;

/** An answer of VK's server of files; what it would not take is told in an `error` or by an empty field. */
function answerOf<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(parseExact(text));
  } catch {
    throw new FileUploadError('answer');
  }
}

const isPhoto = ({ type, width, height }: OutgoingFile): boolean =>
  (type === 'image/jpeg' || type === 'image/png') && (width ?? 0) + (height ?? 0) <= PHOTO_SIDES;

/** The words of an upload to the address that a method gives. */
async function carry(
  page: Page,
  way: { readonly method: string; readonly params: Readonly<Record<string, string>>; readonly field: string },
  file: OutgoingFile,
  pace: TokenPace,
): Promise<string> {
  const answer = await callVk(page, 'community', way.method, way.params, pace);
  return uploadToNetwork(page, serverSchema.parse(answer).upload_url, way.field, file);
}

async function photoOf(page: Page, peer: string, file: OutgoingFile, pace: TokenPace): Promise<string> {
  const way = { method: 'photos.getMessagesUploadServer', params: { peer_id: peer }, field: 'photo' };
  const { server, photo, hash } = answerOf(photoSchema, await carry(page, way, file, pace));
  const saved = await callVk(page, 'community', 'photos.saveMessagesPhoto', { server, photo, hash }, pace);
  const [made] = z.array(savedSchema).min(1).parse(saved);
  if (made === undefined) throw new FileUploadError('nothing saved');
  return nameOf('photo', made);
}

/**
 * A community's token may put photos into messages only (access_token_type of VK's schema), documents also
 * under posts.
 */
async function documentOf(
  page: Page,
  target: OutgoingReply['target'],
  file: OutgoingFile,
  pace: TokenPace,
): Promise<string> {
  const place =
    target.kind === 'direct'
      ? { method: 'docs.getMessagesUploadServer', params: { type: 'doc', peer_id: target.peer } }
      : { method: 'docs.getWallUploadServer', params: { group_id: page.pageId } };
  const read = answerOf(fileSchema, await carry(page, { ...place, field: 'file' }, file, pace));
  const params = { file: read.file, title: file.name };
  const { doc } = savedDocSchema.parse(await callVk(page, 'community', 'docs.save', params, pace));
  return nameOf('doc', doc);
}

/**
 * Puts a reply's files into VK and gives their names, as `wall.createComment` and `messages.send` take them.
 * Harmless when it is repeated.
 */
export async function attachedTo(
  page: Page,
  { files, target }: OutgoingReply,
  pace: TokenPace,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const file of files)
    names.push(
      target.kind === 'direct' && isPhoto(file)
        ? await photoOf(page, target.peer, file, pace)
        : await documentOf(page, target, file, pace),
    );
  return names;
}
