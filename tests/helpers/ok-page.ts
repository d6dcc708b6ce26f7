import type { NewChannel } from '#shared/protocol/channels.ts';

export const OK_GROUP = {
  id: '57695928647891',
  token: 'tkn1-of-the-group:CBAJ',
  readToken: 'tkn1-of-a-person:CBAJ',
  applicationKey: 'CBAJPUBLIC',
  applicationSecret: 'A-SECRET-OF-THE-APPLICATION',
};
export const OK_SECRET = 'a-secret-of-ours';

/** The group as an administrator adds it, with these keys of it. */
export const okPage = (baseUrl: string, keys: Partial<typeof OK_GROUP> = OK_GROUP): NewChannel => ({
  network: 'ok',
  name: 'ЦУР в Одноклассниках',
  baseUrl,
  certificate: null,
  pageId: OK_GROUP.id,
  agency: null,
  token: keys.token ?? OK_GROUP.token,
  readToken: keys.readToken ?? null,
  applicationKey: keys.applicationKey ?? null,
  applicationSecret: keys.applicationSecret ?? null,
  secret: OK_SECRET,
  watch: [],
  rules: { stop: [], ignore: [], off: [] },
  reception: 'callback',
});
