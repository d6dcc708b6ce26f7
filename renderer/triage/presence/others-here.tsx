import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/triage/fields/card.module.css';
import { useOthersHere } from './use-others-here.ts';

/** Says by name who else is at this card now, and who of them writes. */
export const OthersHere = ({ incident }: { readonly incident: string }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const others = useOthersHere(incident);
  if (others.length === 0) return null;
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const names = (areWriting: boolean): readonly string[] =>
    others
      .filter(({ isWriting }) => isWriting === areWriting)
      .map(({ account }) => personName(reference, account));
  const [writing, reading] = [names(true), names(false)];
  return (
    <div className={classes['others']} role="status">
      {writing.length > 0 && (
        <div>{t('presence.writing', { names: list.format(writing), count: writing.length })}</div>
      )}
      {reading.length > 0 && <div>{t('presence.reading', { names: list.format(reading) })}</div>}
    </div>
  );
};
