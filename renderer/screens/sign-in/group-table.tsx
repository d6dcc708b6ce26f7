import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#shared/domain/actor.ts';
import { existsAt } from '#shared/domain/directory.ts';
import { MOST_GROUPS } from '#shared/protocol/sign-in.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/kit/layout/administration.module.css';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { NEW_GROUP, type GroupFields } from './provider-draft.ts';
import own from './sign-in.module.css';

interface Props {
  readonly groups: readonly GroupFields[];
  readonly isWrong: boolean;
  readonly onChange: (groups: readonly GroupFields[]) => void;
}

/** Which group of the other system gives which rights here. */
export function GroupTable({ groups, isWrong, onChange }: Props) {
  const { t } = useTranslation();
  const heads = ['group', 'role', 'agency', 'act'].map((head) => t(`signIn.groups.${head}`));
  const put = (at: number, row: GroupFields): void =>
    onChange(groups.map((kept, index) => (index === at ? row : kept)));
  return (
    <>
      <p className={classes['hint']}>{t('signIn.groups.hint')}</p>
      {groups.length === 0 ? (
        <p className={classes['hint']}>{t('signIn.groups.empty')}</p>
      ) : (
        <ScrollTable label={t('signIn.groups.table')} heads={heads}>
          {groups.map((row, at) => (
            <Row
              key={at}
              row={row}
              number={at + 1}
              onChange={(next) => put(at, next)}
              onRemove={() => onChange(groups.filter((_, index) => index !== at))}
            />
          ))}
        </ScrollTable>
      )}
      {isWrong && (
        <p className={classes['bad']} role="alert">
          {t('signIn.formWrong.groups')}
        </p>
      )}
      <Button
        variant="default"
        mt="sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={groups.length >= MOST_GROUPS}
        onClick={() => onChange([...groups, NEW_GROUP])}
      >
        {t('signIn.groups.add')}
      </Button>
    </>
  );
}

interface RowProps {
  readonly row: GroupFields;
  readonly number: number;
  readonly onChange: (row: GroupFields) => void;
  readonly onRemove: () => void;
}

function Row({ row, number, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const now = useNow();
  const choices = agencies
    .filter((agency) => existsAt(agency, now) || agency.id === row.agency)
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <tr>
      <td className={own['group']}>
        <TextInput
          aria-label={t('signIn.groups.groupOf', { row: number })}
          value={row.group}
          onChange={(event) => onChange({ ...row, group: event.currentTarget.value })}
        />
      </td>
      <td className={own['role']}>
        <Select
          aria-label={t('signIn.groups.roleOf', { row: number })}
          data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={row.role}
          allowDeselect={false}
          onChange={(value) => onChange({ ...row, role: memberOf(ROLES, value ?? '') ?? row.role })}
        />
      </td>
      <td className={own['middle']}>
        {row.role === 'executor' ? (
          <Select
            aria-label={t('signIn.groups.agencyOf', { row: number })}
            data={choices}
            value={row.agency === '' ? null : row.agency}
            searchable
            onChange={(value) => onChange({ ...row, agency: value ?? '' })}
          />
        ) : (
          t('signIn.groups.noAgency')
        )}
      </td>
      <td className={own['middle']}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('signIn.groups.removeOf', { group: row.group })}
          onClick={onRemove}
        >
          {t('signIn.groups.remove')}
        </Button>
      </td>
    </tr>
  );
}
