import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { fittingTemplates } from '#shared/domain/templates/fitting.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { variableValues } from '#shared/domain/templates/variable-values.ts';
import { fillTemplate, openPlaces } from '#shared/domain/templates/variables.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Picker } from '#renderer/kit/forms/picker.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { fitWords } from '#renderer/triage/templates/fit-words.ts';
import { useTemplateUses } from '#renderer/triage/templates/use-template-uses.ts';

/** Gives a template filled for this incident's author. */
function useFilled(incident: Incident): (template: ReplyTemplate) => string {
  const { zone, agencies } = useReference();
  const holder = currentAgency(incident);
  const agency = agencies.find(({ id }) => id === holder)?.name ?? '';
  return ({ text }) => fillTemplate(text, variableValues(incident, { zone, agency }));
}

interface Props {
  readonly incident: Incident;
  /** Id of the field that the text is written in. */
  readonly fieldId: string;
  readonly text: string;
  readonly onChange: (text: string, template: string) => void;
  /** Shows a place of the text to the person who writes it. */
  readonly onShow: (start: number, end: number) => void;
}

/** Puts a text where the text cursor stands; in place of one that says nothing. */
function placed(text: string, filled: string, fieldId: string): { text: string; at: number } {
  const field = document.getElementById(fieldId);
  if (text.trim() === '' || !(field instanceof HTMLTextAreaElement)) return { text: filled, at: 0 };
  const { selectionStart, selectionEnd } = field;
  const whole = text.slice(0, selectionStart) + filled + text.slice(selectionEnd);
  return { text: whole, at: selectionStart };
}

const itemOf = ({ id, name }: ReplyTemplate) => ({ id, label: name });

/** Offers the templates that fit the incident, and takes the person to the first place left open. */
export const TemplateChoice = ({ incident, fieldId, text, onChange, onShow }: Props) => {
  const { t } = useTranslation();
  const { templates, zone } = useReference();
  const at = useNow();
  const filledOf = useFilled(incident);
  const [isOpen, setOpen] = useState(false);
  const uses = useTemplateUses(isOpen);
  const toShow = useRef<readonly [start: number, end: number] | null>(null);
  useKeys({ templates: () => setOpen(true) });
  useEffect(() => {
    if (toShow.current === null || isOpen) return;
    onShow(...toShow.current);
    toShow.current = null;
  }, [isOpen, text, onShow]);
  const offered = isOpen ? fittingTemplates(templates, incident, { at, zone, uses }) : [];
  const hintOf = (template: ReplyTemplate): string => {
    const count = uses[template.id] ?? 0;
    return [fitWords(template, t), count === 0 ? '' : t('templates.uses', { count })]
      .filter(Boolean)
      .join(' · ');
  };
  const pick = (id: string): void => {
    const template = offered.find((one) => one.id === id);
    setOpen(false);
    if (template === undefined) return;
    const filled = filledOf(template);
    const next = placed(text, filled, fieldId);
    onChange(next.text, template.id);
    const [open = { start: filled.length, end: filled.length }] = openPlaces(filled);
    toShow.current = [next.at + open.start, next.at + open.end];
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('reply.templates')}
        {KEY_MAP.templates.shown.map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </Button>
      <Picker
        isOpen={isOpen}
        title={t('reply.chooseTemplate')}
        items={offered.map((template) => ({ ...itemOf(template), hint: hintOf(template) }))}
        none={t('reply.noTemplates')}
        takesDigits
        returnFocus={false}
        onPick={pick}
        onClose={() => {
          setOpen(false);
          document.getElementById(fieldId)?.focus();
        }}
      />
    </>
  );
};
