import type { TFunction } from 'i18next';

/** The size of a file (bytes) in the words of a language. */
export function sizeWords(bytes: number, t: TFunction, language: string): string {
  const isLarge = bytes >= 1024 ** 2;
  const size = isLarge ? bytes / 1024 ** 2 : Math.max(1, bytes / 1024);
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: isLarge ? 1 : 0 }).format(size);
  return t(isLarge ? 'attachment.megabytes' : 'attachment.kilobytes', { size: shown });
}
