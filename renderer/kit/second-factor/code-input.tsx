import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Spare codes are taken as well. */
  readonly takesSpares?: boolean;
  readonly isFirst?: boolean;
}

/** The field for a code of the second factor. */
export function CodeInput({ value, onChange, takesSpares = false, isFirst = false }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('secondFactor.code')}
      description={t(takesSpares ? 'secondFactor.codeOrSpare' : 'secondFactor.codeHint')}
      name="one-time-code"
      autoComplete="one-time-code"
      inputMode={takesSpares ? 'text' : 'numeric'}
      maxLength={40}
      required
      withAsterisk={false}
      {...(isFirst ? { autoFocus: true, 'data-autofocus': true } : {})}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
