import { isIP } from 'node:net';
import { z } from 'zod';
import { multipart } from './multipart.ts';
import type { Page, OutgoingFile } from './connector.ts';
import { requestText } from './request-text.ts';

/** Twenty megabytes on a line of a megabit take three minutes. */
const UPLOAD_MS = 5 * 60_000;

/** A network's server of files did not take one. Nothing of the reply is out. */
export class FileUploadError extends Error {
  override readonly name = 'UploadFailed';
}

/**
 * Tells whether a network answered, and it was no yes: asked again it would say the same, so a person is
 * called for.
 */
export const isRefusedFile = (error: unknown): boolean =>
  error instanceof FileUploadError || error instanceof z.ZodError || error instanceof SyntaxError;

/** The address a network gave for a file: its own, or one in the open internet by TLS and by a name. */
function addressOf({ baseUrl }: Page, address: string): URL {
  const url = URL.parse(address);
  const isOwn = url?.origin === new URL(baseUrl).origin;
  const isOpen = url?.protocol === 'https:' && isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0;
  if (url === null || !(isOwn || (isOpen && url.hostname.includes('.'))))
    throw new FileUploadError('address');
  return url;
}

/**
 * Sends one file to the address a network gave for it, and gives the words of the answer. Throws
 * UploadFailed, and what the line throws.
 */
export async function uploadToNetwork(
  page: Page,
  address: string,
  field: string,
  file: OutgoingFile,
): Promise<string> {
  const body = multipart({}, [{ field, file }]);
  const { status, text } = await requestText(addressOf(page, address), {
    method: 'POST',
    headers: { 'content-type': body.type },
    body,
    certificate: page.certificate,
    timeoutMs: UPLOAD_MS,
  });
  if (status !== 200) throw new FileUploadError(`HTTP ${status}`);
  return text;
}
