import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { DeliveryLog } from './delivery-log.tsx';
import { PartnerForm } from './partner-form.tsx';
import { aboutWords } from './partner-words.ts';
import { changePartner, revokePartner, type Partner } from './partners-api.ts';

interface Props {
  readonly partner: Partner;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** One partner: what it is and does, its messages, and the ways to change it or to shut it out. */
export function PartnerCard({ partner, isLive, refresh }: Props) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const [open, setOpen] = useState<'log' | 'form' | 'revoke' | null>(null);
  const toggle = (part: 'log' | 'form' | 'revoke'): void => {
    setOpen(open === part ? null : part);
    // The counts beside the name must not contradict the log.
    if (isLive) void refresh();
  };
  if (open === 'form')
    return (
      <PartnerForm
        partner={partner}
        isLive={isLive}
        save={(draft) => changePartner(partner.id, draft)}
        onSaved={(_, { name }) => {
          tellDone(t('partners.saved', { name }));
          setOpen(null);
          return refresh();
        }}
        onCancel={() => setOpen(null)}
      />
    );
  return (
    <section className={classes['part']} aria-label={partner.name} data-partner={partner.id}>
      <div className={classes['head']}>
        <div>
          <h2>{partner.name}</h2>
          <p className={classes['hint']}>{aboutWords(partner, t, when, now)}</p>
        </div>
        <div className={classes['tools']}>
          <Button variant="default" aria-expanded={open === 'log'} onClick={() => toggle('log')}>
            {t('partners.log')}
          </Button>
          {partner.revokedAt === null && (
            <>
              <Button variant="default" onClick={() => toggle('form')}>
                {t('partners.change')}
              </Button>
              <Button variant="default" aria-expanded={open === 'revoke'} onClick={() => toggle('revoke')}>
                {t('partners.revoke')}
              </Button>
            </>
          )}
        </div>
      </div>
      <Webhook partner={partner} />
      {open === 'log' && <DeliveryLog partner={partner.id} isLive={isLive} />}
      {open === 'revoke' && (
        <Revoke partner={partner} isLive={isLive} refresh={refresh} onCancel={() => setOpen(null)} />
      )}
    </section>
  );
}

/** A partner's webhook: its address and events, and how many messages did not arrive. */
function Webhook({ partner: { webhook, dead, revokedAt } }: { readonly partner: Partner }) {
  const { t } = useTranslation();
  const when = useWhen();
  const text =
    revokedAt !== null
      ? t('partners.revoked', { at: when.full(revokedAt) })
      : webhook === null
        ? t('partners.noWebhook')
        : t('partners.webhook', {
            url: webhook.url,
            events: webhook.events.map((event) => t(`partners.event.${event}`)).join(', '),
          });
  const tone = revokedAt !== null || webhook === null ? 'waiting' : dead > 0 ? 'bad' : 'good';
  const notes = dead > 0 ? [t('partners.dead', { count: dead })] : [];
  return <HealthLine tone={tone} text={text} notes={notes} />;
}

/** Asked twice: a key that is taken away does not come back. */
function Revoke({ partner, isLive, refresh, onCancel }: Props & { readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const revoke = useCentreAction(
    () => revokePartner(partner.id),
    () => {
      onCancel();
      return refresh();
    },
  );
  return (
    <div className={classes['checked']} role="alert">
      <strong>{t('partners.revokeAsk', { name: partner.name })}</strong>
      <div className={classes['tools']} style={{ marginTop: 8 }}>
        <Button color="red.9" disabled={!isLive} onClick={() => revoke.run()}>
          {t('partners.revokeYes')}
        </Button>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
