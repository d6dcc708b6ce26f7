import { Button, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BotMessage, BotsView } from '#shared/protocol/bot-notices.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { readBots, saveBots, sendMailAgain } from './mail-api.ts';

/** Settings of the centre's bots that tell people, and what became of what they said. */
export function BotNotices() {
  const { t } = useTranslation();
  const bots = useCentreQuery(['notice-bots'], readBots);
  return (
    <section className={classes['part']} aria-label={t('bot.centre.title')}>
      <h2>{t('bot.centre.title')}</h2>
      <p className={classes['hint']}>{t('bot.centre.hint')}</p>
      <CentreLog log={bots} offline={t('mail.offlineNothing')} empty="" isEmpty={() => false}>
        {(view) => (
          <>
            <Settings
              key={JSON.stringify(view.settings)}
              view={view}
              isLive={bots.isLive}
              refresh={bots.refresh}
            />
            <Reach view={view} />
            {view.messages.length > 0 && (
              <Messages messages={view.messages} isLive={bots.isLive} refresh={bots.refresh} />
            )}
          </>
        )}
      </CentreLog>
    </section>
  );
}

interface Props {
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

function Settings({ view, isLive, refresh }: Props & { readonly view: BotsView }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: view.settings ?? { isOn: false, hint: '' } });
  const saving = useCentreAction(saveBots, async () => {
    await refresh();
    tellDone(t('bot.centre.saved'));
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ isOn, hint }) => saving.run({ isOn, hint: hint.trim() }))}>
      <Switch mt="sm" {...form.getInputProps('isOn', { type: 'checkbox' })} label={t('bot.centre.isOn')} />
      <TextInput
        {...form.getInputProps('hint')}
        mt="sm"
        maw={520}
        maxLength={300}
        label={t('bot.centre.where')}
        description={t('bot.centre.whereHint')}
      />
      <Button type="submit" variant="default" mt="sm" mb="sm" loading={saving.isPending} disabled={!isLive}>
        {t('bot.centre.save')}
      </Button>
    </form>
  );
}

const isStuck = ({ state }: BotMessage): boolean => state === 'dead' || state === 'waiting';

function Reach({ view: { bots, tied, messages } }: { readonly view: BotsView }) {
  const { t } = useTranslation();
  if (bots.length === 0)
    return (
      <HealthLine tone="warn" text={t('bot.centre.noBots')}>
        <Link to="/channels">{t('bot.centre.toPages')}</Link>
      </HealthLine>
    );
  const stuck = messages.filter(isStuck).length;
  return (
    <HealthLine
      tone={stuck > 0 ? 'bad' : tied === 0 ? 'waiting' : 'good'}
      text={t('bot.centre.tied', { count: tied })}
      notes={stuck > 0 ? [t('bot.centre.stuck', { count: stuck })] : []}
    />
  );
}

function Messages({ messages, isLive, refresh }: Props & { readonly messages: readonly BotMessage[] }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const reference = useReference();
  const again = useCentreAction(sendMailAgain, async () => {
    await refresh();
    tellDone(t('mail.log.sentAgain'));
  });
  return (
    <ScrollTable
      label={t('bot.centre.table')}
      heads={['when', 'who', 'what', 'state', 'todo'].map((head) => t(`mail.log.${head}`))}
    >
      {messages.map((message) => (
        <tr key={message.id} data-state={message.state}>
          <td>{when.short(message.changedAt, now)}</td>
          <td>
            <Link to={`/people/${message.account}`}>{personName(reference, message.account)}</Link>
          </td>
          <td>{t(`bot.kind.${message.kind}`)}</td>
          <td>
            {t(`bot.in.${message.state}`, { at: when.short(message.notBefore, now) })}{' '}
            {message.state !== 'sent' && message.problem !== null && t(`bot.problem.${message.problem}`)}
          </td>
          <td>
            {isStuck(message) && message.problem !== 'blocked' && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={!isLive}
                onClick={() => again.run(message.id)}
              >
                {t('mail.log.again')}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
