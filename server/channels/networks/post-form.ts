import { requestText } from './request-text.ts';

/** Posts a form and gives the body of a 200. Throws on anything else. */
export async function postForm(
  url: URL,
  form: Readonly<Record<string, string>>,
  certificate: string | null,
): Promise<string> {
  const { status, text } = await requestText(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    certificate,
  });
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return text;
}
