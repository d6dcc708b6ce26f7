import type { IncomingMessage } from 'node:http';
import { must } from '#shared/domain/must.ts';

/** A file that was uploaded to a fake. */
export interface FormUpload {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * A form as Node's own reader, which is not ours, takes it apart: its plain fields and its files. Throws when
 * it is none.
 */
export async function readForm(
  request: IncomingMessage,
  body: Buffer,
): Promise<{ readonly fields: URLSearchParams; readonly files: readonly FormUpload[] }> {
  const type = must(request.headers['content-type'], 'a content type');
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = new URLSearchParams();
  const files: FormUpload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') fields.append(field, value);
    else
      files.push({
        field,
        name: value.name,
        type: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      });
  }
  return { fields, files };
}

/** The only file of a form, in the field that is asked for; null when the form is another. */
export async function onlyFile(
  request: IncomingMessage,
  body: Buffer,
  field: string,
): Promise<FormUpload | null> {
  const { files } = await readForm(request, body);
  const [file] = files;
  return files.length === 1 && file?.field === field && file.bytes.length > 0 ? file : null;
}
