import { Button, CopyButton } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './administration.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Words of the button before it has copied. */
  readonly action: string;
  /** Name of the button where several on a screen have the same words. */
  readonly buttonLabel?: string;
}

/** A text to be carried into another system letter by letter, with a button that copies it. */
export function CopyLine({ label, value, action, buttonLabel }: Props) {
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
            aria-label={buttonLabel}
            onClick={copy}
          >
            {copied ? t('common.copied') : action}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
