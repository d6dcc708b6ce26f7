import { Button, CopyButton } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/administration.module.css';

/** Something to be carried into another system letter by letter, with a button that takes it along. */
export function CopyLine({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes['callback']}>
      <p className={classes['hint']}>{label}</p>
      <code>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} aria-hidden />}
            aria-label={`${t('partners.copy')}: ${label}`}
            onClick={copy}
          >
            {t(copied ? 'common.copied' : 'partners.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
