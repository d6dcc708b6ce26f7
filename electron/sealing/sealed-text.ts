import type { Seal } from './seal.ts';

/**
 * Texts in an append-only file, one frame a line: `<newline>sealed1 <key id> <base64><newline>`. A frame that
 * a power cut has torn costs itself alone, as an open line does. Text without frames is of an earlier release
 * or of a workstation without a keychain, and is read as it stands.
 */
const MARK = 'sealed1';
const ABOUT = 'journal';

/** The text as it goes into a file; without a seal as it is. */
export const frameOf = (text: string, seal: Seal | null): string =>
  seal === null ? text : `\n${MARK} ${seal.id} ${seal.close(Buffer.from(text), ABOUT).toString('base64')}\n`;

/** The text of a file. `hasOther`: it also holds frames of a key that this workstation cannot open now. */
export function readFrames(
  file: string,
  seal: Seal | null,
): { readonly text: string; readonly hasOther: boolean } {
  let hasOther = false;
  const opened = (line: string): string => {
    if (!line.startsWith(`${MARK} `)) return line;
    const [, key, sealed = ''] = line.split(' ');
    if (seal === null || key !== seal.id) {
      // The torn beginning of a frame has no whole key in it, and nothing of it could be read with any.
      hasOther ||= sealed !== '';
      return '';
    }
    try {
      return seal.open(Buffer.from(sealed, 'base64'), ABOUT).toString();
    } catch {
      return '';
    }
  };
  const text = file.split('\n').map(opened).join('\n');
  return { text, hasOther };
}
