import { Modal, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './picker.module.css';

export interface PickerItem {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

interface PickerProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly items: readonly PickerItem[];
  /** Sentence for when there is nothing at all to choose from: who sets it up. */
  readonly none: string;
  /** The first nine are chosen by their digits, as long as nothing is typed. */
  readonly takesDigits?: boolean;
  /** False where whoever opens it says what has the focus afterwards. */
  readonly returnFocus?: boolean;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const SHOWN = 80;
const flat = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

const matching = (items: readonly PickerItem[], query: string): readonly PickerItem[] => {
  const words = flat(query).split(/\s+/);
  return items
    .filter(({ label, hint }) => words.every((word) => flat(`${label} ${hint}`).includes(word)))
    .slice(0, SHOWN);
};

type ListProps = Omit<PickerProps, 'isOpen' | 'onClose' | 'returnFocus'>;

/** Digits that choose at one stroke. */
const DIGITS = 9;

/** The place that a digit of either row of keys stands for; null for another key. */
const placeOfDigit = ({ code }: React.KeyboardEvent): number | null => {
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(code) ?? [];
  return digit === undefined ? null : Number(digit) - 1;
};

/**
 * One of many by typing a part of its name: arrows and Enter, or a click. Nothing is current before the first
 * of these.
 */
const PickerList = ({ title, items, none, takesDigits = false, onPick }: ListProps) => {
  const { t } = useTranslation();
  const list = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [isMissing, setMissing] = useState(false);
  const found = matching(items, query);
  const current = at === null ? undefined : found[Math.min(at, found.length - 1)];
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setAt(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const hasDigits = takesDigits && query === '';
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const digit = hasDigits ? placeOfDigit(event) : null;
    const chosen = digit === null ? undefined : found[digit];
    if (chosen !== undefined) onPick(chosen.id);
    else if (event.key === 'ArrowDown') move(at === null ? 0 : at + 1);
    else if (event.key === 'ArrowUp') move(at === null ? found.length - 1 : at - 1);
    else if (event.key !== 'Enter') return;
    else if (current === undefined) setMissing(found.length > 0);
    else onPick(current.id);
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(event.currentTarget.value.trim() === '' ? null : 0);
          setMissing(false);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('picker.placeholder')}
        error={isMissing && current === undefined ? <span role="alert">{t('picker.choose')}</span> : null}
        role="combobox"
        aria-label={title}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current === undefined ? undefined : `${list}-${found.indexOf(current)}`}
      />
      <div className={classes['list']} id={list} role="listbox" aria-label={title}>
        {found.map((item, index) => (
          <div
            key={item.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={item === current}
            className={classes['item']}
            onMouseMove={() => setAt(index)}
            onClick={() => onPick(item.id)}
            onKeyDown={onKeyDown}
          >
            <span>
              {hasDigits && index < DIGITS && <kbd>{index + 1}</kbd>} {item.label}
            </span>
            <small>{item.hint}</small>
          </div>
        ))}
        {found.length === 0 && (
          <div className={classes['nothing']}>{items.length === 0 ? none : t('picker.nothing')}</div>
        )}
      </div>
    </>
  );
};

export const Picker = ({ isOpen, onClose, title, returnFocus = true, ...list }: PickerProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      returnFocus={returnFocus}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <PickerList title={title} {...list} />
    </Modal>
  );
};
