import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Dialog, WebContents } from 'electron';
import type { Printed } from '#shared/protocol/ipc.ts';
import { trimSigns } from '#shared/text/trim-signs.ts';

const answer = (kind: Printed['kind'], message = ''): Printed => ({ kind, message });

/** Prints the page through the system's dialog; the page's own print style says what goes on paper. */
export async function print(contents: WebContents): Promise<Printed> {
  if ((await contents.getPrintersAsync()).length === 0) return answer('no_printer');
  return new Promise((resolve) => {
    contents.print({ printBackground: true }, (isDone, reason) => {
      if (isDone) resolve(answer('done'));
      else if (/cancel/i.test(reason)) resolve(answer('cancelled'));
      else resolve(answer('failed', reason));
    });
  });
}

/** The name a page asks for, as a name of a file and nothing else: no folders, no endings of programs. */
export function pdfName(wanted: string): string {
  const plain = basename(wanted.replaceAll('\\', '/'))
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, ' ')
    .trim();
  const stem = extname(plain).toLowerCase() === '.pdf' ? plain.slice(0, -4) : plain;
  return `${trimSigns(stem, (sign) => sign === '.' || sign === ' ') || 'pult'}.pdf`;
}

/** Saves the page as a tagged PDF where the person says. */
export async function savePdf(
  contents: WebContents,
  dialog: Pick<Dialog, 'showSaveDialog'>,
  wanted: string,
): Promise<Printed> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: pdfName(wanted),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled || filePath === '') return answer('cancelled');
  try {
    const bytes = await contents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    await writeFile(filePath, bytes);
    return answer('done', filePath);
  } catch (error) {
    return answer('failed', error instanceof Error ? error.message : String(error));
  }
}
