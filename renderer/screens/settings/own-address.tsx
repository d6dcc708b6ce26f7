import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailAddressSchema, type MailOutcome } from '#shared/protocol/mail.ts';
import { CODE_DIGITS, codeSchema, type NoticeChoice } from '#shared/protocol/notices.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { problemWords } from '#renderer/kit/mail/outcome-words.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { confirmOwnAddress, giveAddress } from './notices-api.ts';
import classes from './settings.module.css';

interface Props {
  readonly choice: NoticeChoice;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** The person's address: what is known, the way to another one, and the code that shows whose it is. */
export function OwnAddress(props: Props) {
  const { choice } = props;
  const [isChanging, setChanging] = useState(false);
  if (choice.wanted !== null && !isChanging)
    return <Code {...props} wanted={choice.wanted} onOther={() => setChanging(true)} />;
  if (choice.address !== null && !isChanging)
    return <Known {...props} address={choice.address} onChange={() => setChanging(true)} />;
  return <Give {...props} onGiven={() => setChanging(false)} />;
}

interface KnownProps extends Props {
  readonly address: string;
  readonly onChange: () => void;
}

function Known({ choice, address, isLive, refresh, onChange }: KnownProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { refusedAt } = choice;
  const removing = useCentreAction(() => giveAddress(null), refresh);
  return (
    <div className={classes['block']}>
      <HealthLine
        tone={refusedAt === null ? 'good' : 'bad'}
        text={
          refusedAt === null
            ? t('notices.goesTo', { address })
            : t('notices.refusedOwn', { address, at: when.short(refusedAt, now) })
        }
      />
      <div className={classes['acts']}>
        <Button variant="default" disabled={!isLive} onClick={onChange}>
          {t('notices.change')}
        </Button>
        <Button
          variant="default"
          disabled={!isLive}
          loading={removing.isPending}
          onClick={() => removing.run()}
        >
          {t('notices.remove')}
        </Button>
      </div>
    </div>
  );
}

function Give({ choice, isLive, refresh, onGiven }: Props & { readonly onGiven: () => void }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<MailOutcome | null>(null);
  const form = useForm({
    initialValues: { address: choice.wanted ?? '' },
    validate: { address: (value) => (mailAddressSchema.safeParse(value.trim()).success ? null : true) },
  });
  const giving = useCentreAction(
    (address: string) => giveAddress(address),
    async (answer) => {
      setOutcome(answer);
      if (answer.problem !== null) return;
      await refresh();
      onGiven();
    },
    shownInForm,
  );
  const failure =
    giving.failure !== null
      ? t(`error.${giving.failure}`)
      : outcome === null
        ? ''
        : problemWords(outcome, form.values.address, t);
  return (
    <form
      className={classes['block']}
      noValidate
      onSubmit={form.onSubmit(({ address }) => {
        setOutcome(null);
        giving.run(address.trim());
      })}
    >
      <TextInput
        {...form.getInputProps('address')}
        type="email"
        autoComplete="email"
        label={t('notices.own')}
        description={t('notices.ownHint')}
        error={form.errors['address'] === undefined ? undefined : t('mail.formWrong.sender')}
      />
      {failure !== '' && (
        <p className={administration['bad']} role="alert">
          {failure}
        </p>
      )}
      <div className={classes['acts']}>
        <Button type="submit" loading={giving.isPending} disabled={!isLive}>
          {t('notices.sendCode')}
        </Button>
      </div>
    </form>
  );
}

interface CodeProps extends Props {
  readonly wanted: string;
  readonly onOther: () => void;
}

function Code({ wanted, isLive, refresh, onOther }: CodeProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (code) => (codeSchema.safeParse({ code: code.trim() }).success ? null : true) },
  });
  const confirming = useCentreAction(
    (code: string) => confirmOwnAddress(code),
    async () => {
      tellDone(t('notices.confirmed', { address: wanted }));
      await refresh();
    },
    shownInForm,
  );
  return (
    <form
      className={classes['block']}
      noValidate
      onSubmit={form.onSubmit(({ code }) => confirming.run(code.trim()))}
    >
      <p className={classes['hint']}>{t('notices.codeSent', { address: wanted })}</p>
      <TextInput
        {...form.getInputProps('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={CODE_DIGITS}
        label={t('notices.code')}
        error={form.errors['code'] === undefined ? undefined : t('notices.codeForm')}
      />
      {confirming.failure !== null && (
        <p className={administration['bad']} role="alert">
          {t(`error.${confirming.failure}`)}
        </p>
      )}
      <div className={classes['acts']}>
        <Button type="submit" loading={confirming.isPending} disabled={!isLive}>
          {t('notices.confirm')}
        </Button>
        <Button variant="default" disabled={!isLive} onClick={onOther}>
          {t('notices.other')}
        </Button>
      </div>
    </form>
  );
}
