import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changedFields, type CentreRecord } from '#shared/domain/record.ts';
import { FormDrawer } from '#renderer/kit/forms/form-drawer.tsx';
import { Warning } from '#renderer/kit/layout/warning.tsx';

interface Props<R extends CentreRecord> {
  /** `new`, or the row's id. */
  readonly id: string;
  /** The row as it stands now; null where there is none of that id. */
  readonly current: R | null;
  readonly title: string;
  /** Sentence for an id without a row. */
  readonly unknown: string;
  readonly fieldName: (field: string) => string;
  readonly onClose: () => void;
  /** The form of the row as it was when it was opened. */
  readonly children: (seen: R | null) => ReactNode;
}

/** One setting of the centre, to be read and changed. */
export function SettingDrawer<R extends CentreRecord>(props: Props<R>) {
  const { id, current, title, unknown, onClose } = props;
  return (
    <FormDrawer title={title} onClose={onClose}>
      {current === null && id !== 'new' ? <p>{unknown}</p> : <Opening key={id} {...props} />}
    </FormDrawer>
  );
}

/** The form of the row as it was when it was opened, with a word of what others changed since. */
function Opening<R extends CentreRecord>({ current, fieldName, children }: Props<R>) {
  const { t } = useTranslation();
  const [seen] = useState(current);
  const changed = seen === null || current === null ? [] : Object.keys(changedFields(seen, current));
  return (
    <>
      {changed.length > 0 && (
        <Warning title={t('directory.changedMeanwhile')} mb="sm" role="status">
          {changed.map(fieldName).join(', ')}
        </Warning>
      )}
      {children(seen)}
    </>
  );
}
