import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useIncident, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import { filesOf } from '#renderer/data/attachments/named-attachments.ts';
import type { ShelvedCommand } from '#renderer/data/sync/shelved-command.ts';
import classes from './not-accepted.module.css';
import { CopyTyped } from './copy-typed.tsx';
import { actAddress } from './act-address.ts';
import { typedText } from './typed-text.ts';

const Shelved = ({ command }: { readonly command: ShelvedCommand }) => {
  const { t } = useTranslation();
  const store = useStore();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const number = useIncident(command.incident)?.number ?? null;
  const { id, name, args, at, attempts, status, waiting } = command;
  const [kind = ''] = name.split('@');
  const typed = typedText(args, t, reference, when, now);
  return (
    <article className={classes['item']}>
      <header>
        <b>{t(`command.${kind}`, { defaultValue: kind })}</b>
        <Link href={actAddress(command)}>
          {number === null ? t('card.noNumber') : t('card.number', { number })}
        </Link>
        <span>{when.short(at, now)}</span>
      </header>
      <div className={classes['reason']}>
        {t(status === null ? 'shelved.silent' : 'shelved.failed', { count: attempts, status })}
        {waiting > 0 && ` ${t('shelved.waiting', { count: waiting })}`}
      </div>
      {typed !== '' && (
        <div className={classes['typed']} lang="ru">
          {typed}
        </div>
      )}
      <FileStrip incident={command.incident} files={filesOf(args)} label={t('notAccepted.files')} />
      <div className={classes['actions']}>
        <Button size="compact-sm" onClick={() => void store.retryShelved(id)}>
          {t('shelved.retry')}
        </Button>
        {typed !== '' && <CopyTyped typed={typed} />}
        <Button size="compact-sm" variant="subtle" onClick={() => void store.withdrawShelved(id)}>
          {t('shelved.withdraw')}
        </Button>
      </div>
    </article>
  );
};

/** Commands that the centre never answers, for their author to send again or take back. */
export const ShelvedList = ({ shelved }: { readonly shelved: readonly ShelvedCommand[] }) => {
  const { t } = useTranslation();
  if (shelved.length === 0) return null;
  return (
    <section aria-labelledby="shelved">
      <h2 id="shelved" className={classes['section']}>
        {t('shelved.title')}
      </h2>
      <p className={classes['lead']}>{t('shelved.lead')}</p>
      {shelved.map((command) => (
        <Shelved key={command.id} command={command} />
      ))}
    </section>
  );
};
