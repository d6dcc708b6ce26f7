import { Button, Checkbox, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBeforeApproval } from '#shared/domain/entered-later.ts';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { useCentreTime, useConsole, useProfile } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { ownKey } from '#renderer/data/session/own-keys.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { MomentInput } from '#renderer/kit/forms/moment-input.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

/** An answer published by hand: copy the text, open the thread, then say where and when it went out. */
export const PublicationPanel = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { host } = useConsole();
  const centreTime = useCentreTime();
  const run = useIncidentCommand();
  const [link, setLink] = useState('');
  const lastAccount = ownKey(useProfile(), 'account');
  const [account, setAccount] = useState(localStorage.getItem(lastAccount) ?? '');
  const [at, setAt] = useState(centreTime);
  const reply = openReply(incident);
  const [hasMedia, setHasMedia] = useState((reply?.attachments ?? []).length > 0);
  const text = reply?.text ?? '';
  const isEarly = isBeforeApproval(at, reply?.approvedAt ?? null);
  const [late, setLate] = useState('');
  const record = async (): Promise<void> => {
    localStorage.setItem(lastAccount, account);
    if (isEarly && late.trim() === '') return;
    const why = isEarly ? { late: late.trim() } : {};
    const said = { link: link.trim(), account: account.trim(), hasMedia };
    const args = { at: Math.min(at, centreTime()), ...said, ...why };
    if (await run(incident, { name: 'recordPublication', args })) tellDone(t('publication.recorded'));
  };
  return (
    <section className={styles['work']} aria-label={t('publication.title')}>
      <h2>{t('publication.title')}</h2>
      <Group gap="xs" mb="sm">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="light" onClick={copy}>
              {t(copied ? 'common.copied' : 'publication.copy')}
            </Button>
          )}
        </CopyButton>
        {incident.source.url !== '' && (
          <Button variant="light" onClick={() => host.openExternal(incident.source.url)}>
            {t('publication.openThread')}
          </Button>
        )}
      </Group>
      <FileStrip incident={incident.id} files={reply?.attachments} label={t('reply.files')} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void record();
        }}
      >
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput
              label={t('publication.account')}
              value={account}
              onChange={(event) => setAccount(event.currentTarget.value)}
            />
            <MomentInput label={t('publication.at')} value={at} onChange={setAt} />
          </Group>
          <TextInput
            label={t('publication.link')}
            type="url"
            value={link}
            onChange={(event) => setLink(event.currentTarget.value)}
          />
          {isEarly && (
            <TextInput
              label={t('publication.late')}
              value={late}
              maxLength={500}
              required
              onChange={(event) => setLate(event.currentTarget.value)}
            />
          )}
          <Group justify="space-between">
            <Checkbox
              label={t('publication.media')}
              checked={hasMedia}
              onChange={(event) => setHasMedia(event.currentTarget.checked)}
            />
            <Button type="submit">{t('publication.record')}</Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
};
