import type { TFunction } from 'i18next';
import type { ShownWrong } from '#shared/exchange/settings/read-load.ts';
import type { Refusal } from '#shared/domain/refusal.ts';

/** Why a row is not taken, as a sentence. */
export function troubleWords(
  { trouble, header }: ShownWrong,
  t: TFunction,
  refusalWords: (refusal: Refusal) => string,
): string {
  switch (trouble.kind) {
    case 'cell': {
      const why = t(`settingsLoad.cell.${trouble.why}`);
      const said = trouble.value === '' ? '' : ` (${t('settingsLoad.said', { value: trouble.value })})`;
      return `${header}: ${why}${said}`;
    }
    case 'merged':
      return t('settingsLoad.merged');
    case 'repeated':
      return t('settingsLoad.repeated', { row: trouble.first });
    case 'account':
      return t(`error.account_${trouble.why}`);
    default:
      return refusalWords(trouble.refusal);
  }
}
