import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAILED_KINDS, type MailedKind } from '#shared/protocol/notices.ts';

interface Props {
  /** Says by which way; by mail where it is left out. */
  readonly label?: string;
  /** Kinds that are left out. */
  readonly off: readonly MailedKind[];
  readonly disabled: boolean;
  readonly onChange: (off: MailedKind[]) => void;
}

/** Of what somebody is told: a tick for each kind that is. */
export function NoticeKinds({ label, off, disabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={label ?? t('notices.kinds')}
      value={MAILED_KINDS.filter((kind) => !off.includes(kind))}
      onChange={(chosen) => onChange(MAILED_KINDS.filter((kind) => !chosen.includes(kind)))}
    >
      <Stack gap={8} mt={6}>
        {MAILED_KINDS.map((kind) => (
          <Checkbox key={kind} value={kind} disabled={disabled} label={t(`notices.kind.${kind}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
