import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TEMPLATE_VARIABLES, type TemplateVariable } from '#shared/domain/templates/variables.ts';
import { WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import classes from './templates.module.css';

interface Props {
  /** Id of the field that the variables are written into. */
  readonly fieldId: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The variables of templates: each says what it stands for, and is written where the text cursor stands. */
export function VariableButtons({ fieldId, text, onChange }: Props) {
  const { t } = useTranslation();
  const write = (variable: TemplateVariable): void => {
    const field = document.getElementById(fieldId);
    const [start, end] =
      field instanceof HTMLTextAreaElement
        ? [field.selectionStart, field.selectionEnd]
        : [text.length, text.length];
    onChange(`${text.slice(0, start)}{${variable}}${text.slice(end)}`);
    field?.focus();
  };
  return (
    <div className={classes['variables']} style={WIDE} role="group" aria-label={t('templates.variables')}>
      {TEMPLATE_VARIABLES.map((variable) => (
        <Button
          key={variable}
          size="compact-sm"
          variant="default"
          title={t(`templates.variable.${variable}`)}
          onClick={() => write(variable)}
        >
          {`{${variable}}`}
        </Button>
      ))}
    </div>
  );
}
