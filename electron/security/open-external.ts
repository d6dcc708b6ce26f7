import type { Shell } from 'electron';

/**
 * The address when it is one to hand to the system, else null: only the web. Texts of strangers hold `file:`,
 * `smb:`, `ms-msdt:` and worse, and the system opens whatever it is given (Electron's security checklist,
 * item 15).
 */
export function openableAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' ? href : null;
}

/** Opens a page of a social network in the person's browser; gives whether it was an address to open. */
export async function openExternal(text: string, shell: Pick<Shell, 'openExternal'>): Promise<boolean> {
  const address = openableAddress(text);
  if (address === null) return false;
  await shell.openExternal(address);
  return true;
}
