import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Issue } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { periodName, stretchName } from '#shared/report/paper/period-name.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { sendIssue } from './issues-api.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';

interface Props {
  readonly request: ReportRequest;
  readonly isUnfinished: boolean;
  /** Number of the newest issue that says the same; null when there is none such. */
  readonly sameAs: number | null;
  readonly onIssued: (issue: Issue) => void;
  readonly onClose: () => void;
}

/** Issuing: what will happen, what speaks against it, a remark, and the button. */
export function IssueDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal title={t('keys.issue')} onClose={props.onClose}>
      {(leave) => <Form {...props} onClose={leave} />}
    </FormModal>
  );
}

function Form({ request, isUnfinished, sameAs, onIssued, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isLive = useIsLive();
  // One id for however many tries: an answer that was lost must not issue a second time.
  const [id] = useState(() => uuid());
  const [remark, setRemark] = useState('');
  useHoldOpen(remark.trim() === '' ? null : 'typed');
  const { form, from, to, compare } = request;
  const issuing = useCentreAction(
    () => sendIssue({ id, form, from, to, compare: compare ?? null, remark: remark.trim() }),
    onIssued,
    shownInForm,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isLive && !issuing.isPending) issuing.run();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t('report.issue.explain', { period: periodName(request, language) })}
          {compare !== undefined &&
            ` ${t('report.issue.comparedWith', { name: stretchName(compare, language) })}`}
        </Text>
        <Doubts isUnfinished={isUnfinished} sameAs={sameAs} />
        <TextInput
          label={t('report.issue.remark')}
          description={t('report.issue.remarkHint')}
          maxLength={500}
          data-autofocus
          value={remark}
          onChange={({ currentTarget }) => setRemark(currentTarget.value)}
        />
        {issuing.failure !== null && (
          <Alert color="red" role="alert">
            {t('report.issue.notIssued')} {t(`error.${issuing.failure}`)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isLive} loading={issuing.isPending}>
            {t('report.issue.issue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Warnings a person should read before: nothing of it forbids to issue but a missing connection. */
function Doubts({ isUnfinished, sameAs }: Pick<Props, 'isUnfinished' | 'sameAs'>) {
  const { t } = useTranslation();
  const isLive = useIsLive();
  const { unsent } = useStatus();
  const doubts = [
    ...(isLive ? [] : [t('report.issue.needsCentre')]),
    ...(unsent === 0 ? [] : [t('report.issue.unsent', { count: unsent })]),
    ...(isUnfinished ? [t('report.issue.unfinished')] : []),
    ...(sameAs === null ? [] : [t('report.issue.sameAs', { number: sameAs })]),
  ];
  return doubts.map((doubt) => (
    <Warning key={doubt} p="xs" role="status">
      {doubt}
    </Warning>
  ));
}
