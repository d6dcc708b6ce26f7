import { armsUrl } from '#shared/domain/arms.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { SHEET_WORDS } from './sheet-words.ts';

type Headed = Pick<PeriodReport, 'letterhead'>;

/** The centre's name at the head: its own, or the words that fit every centre. */
export const headOf = ({ letterhead }: Headed, language: Language): string =>
  letterhead?.header ?? SHEET_WORDS[language].centre;

/** The coat of arms at the head; it says nothing that the name beside it does not. */
export function armsImage({ letterhead }: Headed): Html {
  const arms = letterhead?.arms;
  if (arms === undefined) return html``;
  return html`<img
    src="${armsUrl(arms)}"
    width="${String(arms.width)}"
    height="${String(arms.height)}"
    alt=""
  />`;
}

/** Who signs, with a line for the hand. */
export function signatureLine({ letterhead }: Headed): Html {
  const signatory = letterhead?.signatory;
  if (signatory === undefined) return html``;
  return html`<p class="signed"><span>${signatory.post}</span><i></i><span>${signatory.name}</span></p>`;
}
