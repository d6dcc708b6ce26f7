import { isSpace, trimSigns, trimSignsEnd } from './trim-signs.ts';

/** Endings a file of a type may have; the first is given to one that has none of them. */
export const FILE_EXTENSIONS = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
} as const;

const MAX_STEM = 100;

/**
 * Characters that show nothing, or turn the text around them (Unicode categories, and what is to be ignored
 * in display; the last is Braille's blank): `photo<U+202E>gpj.exe` reads as «photoexe.jpg».
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]/gu;
/** Characters that some file system takes for more than a letter. */
const SPECIAL = /[<>:"|?*/\\]/g;
/** More marks on one letter than any language has run over the lines around them. */
const PILED_MARKS = /(\p{M}{2})\p{M}+/gu;
/** Names of devices (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=$|[. ])/i;

/** Splits off an ending the type allows. */
function splitExtension(
  name: string,
  extensions: readonly string[],
): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  const ending = name.slice(dot + 1).toLowerCase();
  if (dot < 0 || !extensions.includes(ending)) return [name, extensions[0] ?? 'bin'];
  return [name.slice(0, dot), ending];
}

const isEdge = (sign: string): boolean => sign === '.' || isSpace(sign);

/**
 * A file's name that may be shown, stored and saved anywhere: the last step of a path, one line, nothing
 * invisible in it, and with an ending that says what the file is. Applied again it changes nothing.
 */
export function cleanFileName(name: string, extensions: readonly string[]): string {
  const last = name.split(/[/\\]/).findLast((step) => step.trim() !== '') ?? '';
  const plain = last
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(SPECIAL, '_')
    .replace(/\s+/gu, ' ')
    .replace(PILED_MARKS, '$1');
  const [stem, ending] = splitExtension(trimSignsEnd(plain, isEdge), extensions);
  const visible = trimSigns(stem, isEdge).normalize('NFC');
  const harmless = DEVICE.test(visible) ? `_${visible}` : visible;
  const short = trimSigns([...harmless].slice(0, MAX_STEM).join(''), isEdge) || 'file';
  return `${short}.${ending}`;
}
