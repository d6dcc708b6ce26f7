import { Button, FileButton, Group } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { armsUrl, type Arms } from '#shared/domain/arms.ts';
import { drawArms, type DrawProblem } from './draw-arms.ts';
import classes from './rules.module.css';

interface Props {
  readonly value: Arms | null;
  readonly error: ReactNode;
  readonly onChange: (arms: Arms | null) => void;
}

/** The coat of arms: chosen from a file, drawn small, seen before it is saved. */
export function ArmsField({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  const labelId = useId();
  const [problem, setProblem] = useState<DrawProblem | null>(null);
  const take = async (file: File): Promise<void> => {
    const drawn = await drawArms(file);
    setProblem(drawn.ok ? null : drawn.problem);
    if (drawn.ok) onChange(drawn.arms);
  };
  const trouble = problem === null ? error : t(`rules.arms.problem.${problem}`);
  return (
    <div role="group" aria-labelledby={labelId} className={classes['arms']}>
      <b id={labelId}>{t('rules.arms.label')}</b>
      <p className={classes['hint']}>{t('rules.arms.hint')}</p>
      <Group gap={10}>
        {value !== null && <img src={armsUrl(value)} alt={t('rules.arms.label')} />}
        <FileButton
          accept="image/svg+xml,image/png,image/jpeg,image/webp"
          onChange={(file) => file !== null && void take(file)}
          inputProps={{ 'aria-label': t('rules.arms.choose') }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconPhotoPlus size={14} aria-hidden />}
            >
              {t(value === null ? 'rules.arms.choose' : 'rules.arms.replace')}
            </Button>
          )}
        </FileButton>
        {value !== null && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(null)}>
            {t('rules.arms.takeOut')}
          </Button>
        )}
      </Group>
      {trouble !== undefined && trouble !== null && (
        <p className={classes['bad']} role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
