import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { templateOfReply } from '#shared/domain/templates/template-of-reply.ts';
import { useIncident, useReference } from '#renderer/kit/context/console-context.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import type { TemplateStart } from './template-draft.ts';
import { TemplateForm } from './template-form.tsx';

interface Opened {
  /** `new`, or the template's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** Begins a new template with the reply of the incident in the address; null while it is read. */
function useTemplateStart(): TemplateStart | null {
  const id = new URLSearchParams(useSearch()).get('incident');
  const incident = useIncident(id);
  if (id === null || incident === null) return {};
  return incident === undefined ? null : templateOfReply(incident);
}

/** One template, to be read and changed. */
export function TemplateDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { templates } = useReference();
  const current = templates.find((template) => template.id === id) ?? null;
  const start = useTemplateStart();
  const save = useSaveSetting('reply_template', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer
      id={id}
      current={current}
      title={current?.name ?? t('templates.new')}
      unknown={t('templates.unknown')}
      fieldName={(field) => t(`templates.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => start !== null && <TemplateForm seen={seen} start={start} save={save} />}
    </SettingDrawer>
  );
}
