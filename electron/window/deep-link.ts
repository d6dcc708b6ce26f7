/** Addresses that other programs may hand to us: `pult://incident/717475` and nothing else so far. */
export const LINK_SCHEME = 'pult';

/**
 * The screen a link leads to, or null. Whatever a page or a mail puts into a link arrives here as an argument
 * of a process, so only what is known is let through: a number of an incident, as the registry has it, or an
 * id.
 */
export function screenOf(link: string): string | null {
  if (link.length > 200 || !URL.canParse(link)) return null;
  const { protocol, hostname, pathname, search, hash, username, port } = new URL(link);
  if (protocol !== `${LINK_SCHEME}:` || search !== '' || hash !== '' || username !== '' || port !== '')
    return null;
  const id = /^\/(\d{1,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/.exec(pathname)?.[1];
  return hostname === 'incident' && id !== undefined ? `/incident/${id}` : null;
}

/** The screen named by the arguments of a start, the last link counting. */
export function screenOfArguments(args: readonly string[]): string | null {
  return (
    args
      .map(screenOf)
      .filter((screen) => screen !== null)
      .at(-1) ?? null
  );
}
