import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeftBehind, LeftCommand } from '#renderer/data/store/left-behind.ts';
import { useIncident, useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './not-accepted.module.css';
import { CopyTyped } from './copy-typed.tsx';
import { typedText } from './typed-text.ts';

const Left = ({ command, name }: { readonly command: LeftCommand; readonly name: string }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const number = useIncident(command.incident)?.number ?? null;
  const [kind = ''] = command.name.split('@');
  const typed = typedText(command.args, t, reference, when, now);
  return (
    <article className={classes['item']}>
      <header>
        <b>{t(`command.${kind}`, { defaultValue: kind })}</b>
        <Link href={`/incident/${command.incident}`}>
          {number === null ? t('card.noNumber') : t('card.number', { number })}
        </Link>
        <span>{t('notAccepted.when', { name, at: when.short(command.at, now) })}</span>
      </header>
      {typed !== '' && (
        <>
          <div className={classes['typed']} lang="ru">
            {typed}
          </div>
          <div className={classes['actions']}>
            <CopyTyped typed={typed} />
          </div>
        </>
      )}
    </article>
  );
};

/** Work that dismissed people have left on this workstation, to be entered anew by those who work. */
export const LeftBehindList = ({ left }: { readonly left: readonly LeftBehind[] }) => {
  const { t } = useTranslation();
  return left.map(({ account, displayName, commands }) => (
    <section key={account} aria-labelledby={`left-${account}`}>
      <h2 id={`left-${account}`} className={classes['section']}>
        {t('left.title', { name: displayName })}
      </h2>
      <p className={classes['lead']}>{t('left.lead')}</p>
      {commands?.map((command) => (
        <Left key={command.id} command={command} name={displayName} />
      ))}
    </section>
  ));
};
