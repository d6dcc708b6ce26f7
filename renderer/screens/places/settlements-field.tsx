import { ActionIcon, Autocomplete, Button, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { looksOf } from '#shared/domain/records/looks.ts';
import { typedLines } from '#renderer/kit/forms/typed-lines.ts';
import type { SettlementFields } from './place-draft.ts';
import classes from './places.module.css';

type Settlements = readonly SettlementFields[];

interface FieldProps {
  readonly value: Settlements;
  readonly error: ReactNode;
  readonly onChange: (settlements: Settlements) => void;
}

/** So many stand in sight without a search. */
const FEW = 10;

/** The settlements of a municipality; one at a time is open to be changed. */
export function SettlementsField({ value, error, onChange }: FieldProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  const [query, setQuery] = useState('');
  const change = (index: number, next: Partial<SettlementFields>): void =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...next } : one)));
  const remove = (index: number): void => {
    setOpened(null);
    onChange(value.filter((_, at) => at !== index));
  };
  const add = (): void => {
    setQuery('');
    setOpened(value.length);
    onChange([...value, { name: '', kind: '', streets: '' }]);
  };
  const isShown = ({ name }: SettlementFields, index: number): boolean =>
    index === opened || looksOf(name).includes(looksOf(query));
  return (
    <fieldset>
      <legend>{t('places.part.settlements', { count: value.length })}</legend>
      <div className={classes['settlements']}>
        {value.length > FEW && (
          <TextInput
            type="search"
            aria-label={t('places.searchSettlement')}
            placeholder={t('places.searchSettlement')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        <ul aria-label={t('places.settlements')}>
          {value.map(
            (one, index) =>
              isShown(one, index) && (
                // Rows have no id of their own, and none moves.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={index}>
                  {index === opened ? (
                    <Opened
                      one={one}
                      onChange={(next) => change(index, next)}
                      onRemove={() => remove(index)}
                      onDone={() => setOpened(null)}
                    />
                  ) : (
                    <Closed one={one} onOpen={() => setOpened(index)} />
                  )}
                </li>
              ),
          )}
        </ul>
        {error !== undefined && error !== null && (
          <p className={classes['bad']} role="alert">
            {error}
          </p>
        )}
        <div>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            {t('places.addSettlement')}
          </Button>
        </div>
      </div>
    </fieldset>
  );
}

interface RowProps {
  readonly one: SettlementFields;
}

function Closed({ one: { name, kind, streets }, onOpen }: RowProps & { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const known = typedLines(streets).length;
  return (
    <button type="button" className={classes['closed']} onClick={onOpen}>
      <span>{[kind, name].filter(Boolean).join(' ') || t('places.unnamed')}</span>
      {known > 0 && <span className={classes['soft']}>{t('places.streetCount', { count: known })}</span>}
    </button>
  );
}

interface OpenedProps extends RowProps {
  readonly onChange: (next: Partial<SettlementFields>) => void;
  readonly onRemove: () => void;
  readonly onDone: () => void;
}

function Opened({ one: { name, kind, streets }, onChange, onRemove, onDone }: OpenedProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  // What is typed next is meant for the settlement that was asked for, not for the field left behind.
  useEffect(() => first.current?.focus(), []);
  return (
    <div className={classes['opened']}>
      <Autocomplete
        ref={first}
        label={t('places.settlement.kind')}
        data={t('places.settlement.kinds').split(' ')}
        value={kind}
        onChange={(value) => onChange({ kind: value })}
        maxLength={100}
      />
      <TextInput
        label={t('places.settlement.name')}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t('places.settlement.streets')}
        description={t('places.settlement.streetsHint')}
        value={streets}
        onChange={(event) => onChange({ streets: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={10}
      />
      <div className={classes['acts']}>
        <ActionIcon variant="default" size="lg" aria-label={t('places.removeSettlement')} onClick={onRemove}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
        <Button variant="default" size="xs" onClick={onDone}>
          {t('common.done')}
        </Button>
      </div>
    </div>
  );
}
