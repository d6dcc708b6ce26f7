import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { must } from '#shared/domain/must.ts';
import {
  personNoticesSchema,
  type NoticeChoice,
  type MailedKind,
  type GivenNotices,
} from '#shared/protocol/notices.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { formErrors, readForm } from '#renderer/kit/forms/read-form.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { NoticeKinds } from '#renderer/kit/mail/notice-kinds.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { readNoticesOf, saveNoticesOf } from './people-api.ts';
import classes from './people.module.css';

interface Props {
  readonly person: ListedAccount;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** Where and of what somebody is told by mail, as an administrator sets it. */
export function PersonNotices({ person, isLive, refresh }: Props) {
  const { t } = useTranslation();
  const choice = useCentreQuery(['notices', person.id, person.mail], () => readNoticesOf(person.id));
  return (
    <section aria-label={t('notices.title')}>
      <h3 className={classes['title']}>{t('notices.title')}</h3>
      <CentreLog log={choice} offline={t('notices.offline')} empty="" isEmpty={() => false}>
        {(value) => (
          <NoticesForm
            key={JSON.stringify([value.address, value.off])}
            choice={value}
            person={person}
            isLive={isLive}
            refresh={async () => {
              await choice.refresh();
              await refresh();
            }}
          />
        )}
      </CentreLog>
    </section>
  );
}

interface Values {
  readonly address: string;
  readonly off: MailedKind[];
}

const read = ({ address, off }: Values) =>
  readForm(personNoticesSchema, { address: address.trim() || null, off }, ([field]) => field);

function NoticesForm({ choice, person, isLive, refresh }: Props & { readonly choice: NoticeChoice }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { address, refusedAt, off, isMailOn } = choice;
  const form = useForm<Values, GivenNotices>({
    initialValues: { address: address ?? '', off: [...off] },
    validate: (values) => formErrors(read(values)),
    transformValues: (values) => must(read(values).value, 'a form without wrong fields'),
  });
  const saving = useCentreAction(
    (next: GivenNotices) => saveNoticesOf(person.id, next),
    () => {
      tellDone(t('notices.saved', { name: person.displayName }));
      return refresh();
    },
    shownInForm,
  );
  return (
    <form onSubmit={form.onSubmit(saving.run)} noValidate>
      <Stack gap="sm">
        {!isMailOn && <p className={administration['hint']}>{t('notices.mailOff')}</p>}
        <TextInput
          {...form.getInputProps('address')}
          type="email"
          label={t('notices.address')}
          description={t('notices.addressHint')}
          error={form.errors['address'] === undefined ? undefined : t('mail.formWrong.sender')}
          autoComplete="off"
        />
        {refusedAt !== null && (
          <p className={administration['bad']}>{t('notices.refused', { at: when.short(refusedAt, now) })}</p>
        )}
        <NoticeKinds
          off={form.values.off}
          disabled={!isLive}
          onChange={(next) => form.setFieldValue('off', next)}
        />
        {saving.failure !== null && (
          <p className={administration['bad']} role="alert">
            {t(`error.${saving.failure}`)}
          </p>
        )}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={saving.isPending}
            disabled={!isLive || (!form.isDirty() && refusedAt === null)}
          >
            {t('notices.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
