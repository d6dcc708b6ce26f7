import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettleReply } from '#shared/protocol/channels.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { cancelSending, settleSending, type Sending } from './sending-api.ts';
import { stateWords } from './sending-words.ts';
import classes from './sending.module.css';
import { useSeconds } from './use-seconds.ts';

interface Props {
  readonly sending: Sending;
  /** Whom it goes to, or which message it answers. */
  readonly title: ReactNode;
  /** Address of the discussion, to look whether the reply stands there; empty when nobody knows. */
  readonly source: string;
  /** Called when something was done about it. */
  readonly onChanged: () => void;
}

/** Form for the address of a reply that a person found or published. */
function LinkForm({ onSend, onClose }: { onSend: (link: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [link, setLink] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // Opened by a button: what is wanted next is the address.
  useEffect(() => field.current?.focus(), []);
  const isAddress = link.trim() === '' || /^https?:\/\/\S+$/.test(link.trim());
  return (
    <form
      className={classes['link']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isAddress) onSend(link.trim());
      }}
    >
      <TextInput
        ref={field}
        label={t('sending.link')}
        description={t('sending.linkHint')}
        error={isAddress ? undefined : t('sending.linkWrong')}
        value={link}
        onChange={(event) => setLink(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm">
        {t('sending.isOut')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </form>
  );
}

/** One reply on its way to one author, with everything a person can do about it now. */
export function SendingRow({ sending, title, source, onChanged }: Props) {
  const { t } = useTranslation();
  const { host } = useConsole();
  const when = useWhen();
  const { id, state, notBefore, link } = sending;
  const now = useSeconds(state === 'queued' ? notBefore : 0);
  const [isLinking, setLinking] = useState(false);
  const tell = (isDone: boolean, words: string): void => {
    if (isDone) tellDone(t(words));
    else tellTrouble(t('sending.tooLate'), t('common.close'));
    setLinking(false);
    onChanged();
  };
  const tellTooLate = (): void => tell(false, '');
  const undo = useCentreAction(
    () => cancelSending(id),
    ({ cancelled }) => tell(cancelled, 'sending.undone'),
    tellTooLate,
  );
  const settle = useCentreAction(
    (how: SettleReply) => settleSending(id, how),
    ({ settled }, { as }) => tell(settled, as === 'sent' ? 'sending.recorded' : 'sending.again'),
    tellTooLate,
  );
  const isStuck = state === 'possibly_sent' || state === 'needs_you';
  const address = state === 'sent' ? (link ?? '') : isStuck ? source : '';
  return (
    <li className={classes['row']} data-state={state}>
      <i className={classes['dot']} aria-hidden />
      <div className={classes['words']}>
        <b>{title}</b>
        <span>{stateWords(sending, { t, when, now })}</span>
      </div>
      <div className={classes['tools']}>
        {(state === 'queued' || state === 'waiting') && (
          <Button size="compact-sm" variant="light" onClick={() => undo.run()}>
            {t('sending.undo')}
          </Button>
        )}
        {address !== '' && (
          <Button size="compact-sm" variant="subtle" onClick={() => host.openExternal(address)}>
            {t(state === 'sent' ? 'sending.open' : 'sending.look')}
          </Button>
        )}
        {isStuck && !isLinking && (
          <Button size="compact-sm" variant="default" onClick={() => setLinking(true)}>
            {t(state === 'needs_you' ? 'sending.byHand' : 'sending.isOutLink')}
          </Button>
        )}
        {(isStuck || state === 'cancelled') && (
          <Button size="compact-sm" variant="default" onClick={() => settle.run({ as: 'retry' })}>
            {t(state === 'possibly_sent' ? 'sending.notOut' : 'sending.retry')}
          </Button>
        )}
      </div>
      {isLinking && isStuck && (
        <LinkForm
          onSend={(found) => settle.run({ as: 'sent', link: found })}
          onClose={() => setLinking(false)}
        />
      )}
    </li>
  );
}
