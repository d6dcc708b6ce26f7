import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';

const MAX_ANSWER = 8 * 1024 ** 2;

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER) throw new Error('The network answers too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Posts a form and gives the body of a 200. `fetch` takes no certificate for one call, and a private root of one page must
 * not be trusted by the whole process. Redirects are not followed: a token would go along. Throws on anything else.
 */
export async function postForm(
  url: URL,
  form: Readonly<Record<string, string>>,
  certificate: string | null,
): Promise<string> {
  const body = new URLSearchParams(form).toString();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const trust = certificate === null ? {} : { ca: [...rootCertificates, certificate] };
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    };
    send(url, { method: 'POST', headers, signal: AbortSignal.timeout(15_000), ...trust }, resolve)
      .on('error', reject)
      .end(body);
  });
  const text = await textOf(answer);
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
  return text;
}
