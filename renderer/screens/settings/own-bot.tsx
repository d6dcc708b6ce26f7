import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotCode, BotChoice } from '#shared/protocol/bot-notices.ts';
import { MAILED_KINDS, type MailedKind } from '#shared/protocol/notices.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { NoticeKinds } from '#renderer/kit/mail/notice-kinds.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { askBotCode, readOwnBot, saveBotKinds, untieOwnBot } from './notices-api.ts';
import classes from './settings.module.css';

/** The person's chat with a bot of the centre, which tells them while the console is closed. */
export function OwnBot() {
  const { t } = useTranslation();
  const bot = useCentreQuery(['own-bot'], readOwnBot);
  return (
    <section className={classes['part']} aria-label={t('bot.title')}>
      <h2>{t('bot.title')}</h2>
      <p className={classes['hint']}>{t('bot.hint')}</p>
      <CentreLog log={bot} offline={t('notices.offline')} empty="" isEmpty={() => false}>
        {(value) => <State bot={value} isLive={bot.isLive} refresh={bot.refresh} />}
      </CentreLog>
    </section>
  );
}

interface Props {
  readonly bot: BotChoice;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

function State(props: Props) {
  const { bot } = props;
  const { t } = useTranslation();
  if (bot.tied !== null) return <Tied {...props} tied={bot.tied} />;
  if (!bot.isOn) return <p className={classes['hint']}>{t('bot.off')}</p>;
  return bot.bots.length === 0 ? <p className={classes['hint']}>{t('bot.none')}</p> : <Tie {...props} />;
}

function Tied({ bot, tied, isLive, refresh }: Props & { readonly tied: NonNullable<BotChoice['tied']> }) {
  const { t } = useTranslation();
  const saving = useCentreAction(
    (off: readonly MailedKind[]) => saveBotKinds(off),
    async () => {
      await refresh();
      tellDone(t('notices.kept'));
    },
  );
  const ending = useCentreAction(untieOwnBot, refresh);
  const { network, name, called } = tied;
  return (
    <>
      <div className={classes['block']}>
        <HealthLine
          tone={bot.isOn ? 'good' : 'warn'}
          text={t('bot.tied', { network: t(`network.${network}`), name, called })}
          notes={bot.isOn ? [] : [t('bot.off')]}
        />
        <div className={classes['acts']}>
          <Button
            variant="default"
            disabled={!isLive}
            loading={ending.isPending}
            onClick={() => ending.run()}
          >
            {t('bot.untie')}
          </Button>
        </div>
      </div>
      <NoticeKinds
        label={t('bot.kinds')}
        off={bot.off}
        disabled={!isLive || saving.isPending}
        onChange={saving.run}
      />
      {bot.off.length === MAILED_KINDS.length && <p className={classes['hint']}>{t('bot.nothing')}</p>}
    </>
  );
}

/** Makes a code for one of the bots, and shows what to do with it. */
function Tie({ bot, isLive, refresh }: Props) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const [made, setMade] = useState<(BotCode & { readonly bot: string }) | null>(null);
  const making = useCentreAction(askBotCode, (code, id) => setMade({ ...code, bot: id }));
  const of = bot.bots.find(({ id }) => id === made?.bot);
  const { ended, hint } = bot;
  return (
    <div className={classes['block']}>
      {ended !== null && (
        <HealthLine tone="bad" text={t(`bot.ended.${ended.why}`, { at: when.short(ended.at, now) })} />
      )}
      {made !== null && of !== undefined && made.until > now && (
        <div role="status">
          <p>{t('bot.send', { network: t(`network.${of.network}`), name: of.name })}</p>
          <p>
            <strong>
              <code>{made.code}</code>
            </strong>
          </p>
          <p className={classes['hint']}>{t('bot.until', { at: when.short(made.until, now) })}</p>
        </div>
      )}
      {hint !== '' && <p className={classes['hint']}>{hint}</p>}
      <div className={classes['acts']}>
        {bot.bots.map(({ id, network, name }) => (
          <Button
            key={id}
            variant="default"
            disabled={!isLive}
            loading={making.isPending}
            onClick={() => making.run(id)}
          >
            {t('bot.make', { network: t(`network.${network}`), name })}
          </Button>
        ))}
        {made !== null && (
          <Button disabled={!isLive} onClick={() => void refresh()}>
            {t('bot.sent')}
          </Button>
        )}
      </div>
    </div>
  );
}
