import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Copies what a person had typed into an action that was not accepted. */
export const CopyTyped = ({ typed }: { readonly typed: string }) => {
  const { t } = useTranslation();
  return (
    <CopyButton value={typed}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {t(copied ? 'common.copied' : 'notAccepted.copy')}
        </Button>
      )}
    </CopyButton>
  );
};
