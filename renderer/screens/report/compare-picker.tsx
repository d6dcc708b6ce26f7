import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOfDate } from '#shared/domain/time-zone.ts';
import { periodsOf, type ReportRequest } from '#shared/report/facts/period.ts';
import { stretchName } from '#shared/report/paper/period-name.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/kit/summary/report.module.css';

type Stretch = Readonly<NonNullable<ReportRequest['compare']>>;

interface Props {
  readonly request: ReportRequest;
  /** Null goes back to the period before. */
  readonly onPick: (compare: Stretch | null) => void;
}

/** Picks the period the summary is compared with: the period before, the same a year ago, or any days. */
export function ComparePicker({ request, onPick }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  useKeys({ compare: () => setOpen(true) });
  const { compare } = request;
  const name = compare === undefined ? t('report.compare.previous') : stretchName(compare, language);
  const pick = (next: Stretch | null): void => {
    setOpen(false);
    onPick(next);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-md"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-haspopup="dialog"
          onClick={() => setOpen(!isOpen)}
        >
          {t('report.compare.with', { name })}{' '}
          <kbd className={classes['cap']}>{KEY_MAP.compare.shown[0]}</kbd>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('report.compare.label')}>
        {isOpen && <Choices request={request} onPick={pick} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ request, onPick }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone } = useReference();
  const { compare, ...plain } = request;
  const { previous, yearAgo } = periodsOf(plain, zone);
  const isYearAgo = compare?.from === yearAgo.from && compare.to === yearAgo.to;
  const choice = (label: string, stretch: Stretch, isChosen: boolean, next: Stretch | null) => (
    <Button
      variant={isChosen ? 'light' : 'subtle'}
      justify="space-between"
      fullWidth
      h="auto"
      py={6}
      data-autofocus={isChosen || undefined}
      aria-pressed={isChosen}
      rightSection={isChosen ? <IconCheck size={16} aria-hidden /> : <span />}
      onClick={() => onPick(next)}
    >
      <span className={classes['choice']}>
        <b>{label}</b> <small>{stretchName(stretch, language)}</small>
      </span>
    </Button>
  );
  return (
    <Stack gap={4}>
      {choice(t('report.compare.previous'), previous, compare === undefined, null)}
      {choice(t('report.compare.yearAgo'), yearAgo, isYearAgo, { from: yearAgo.from, to: yearAgo.to })}
      <Days compare={compare ?? previous} isChosen={compare !== undefined && !isYearAgo} onPick={onPick} />
    </Stack>
  );
}

/** Any two dates; nothing happens before the button, so that half a date compares with nothing. */
function Days({
  compare,
  isChosen,
  onPick,
}: {
  readonly compare: Stretch;
  readonly isChosen: boolean;
  readonly onPick: Props['onPick'];
}) {
  const { t } = useTranslation();
  const [{ from, to }, setDays] = useState<Stretch>({ from: compare.from, to: compare.to });
  const isReady = dayOfDate(from) !== null && dayOfDate(to) !== null && from <= to;
  const submit = (): void => {
    if (isReady) onPick({ from, to });
  };
  return (
    <form
      className={classes['days']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <b>{t('report.compare.days')}</b>
      <Group gap={8} grow>
        <TextInput
          type="date"
          size="xs"
          label={t('report.form.from')}
          value={from}
          data-autofocus={isChosen || undefined}
          onChange={({ currentTarget }) => setDays({ from: currentTarget.value, to })}
        />
        <TextInput
          type="date"
          size="xs"
          label={t('report.form.to')}
          value={to}
          error={from !== '' && to !== '' && to < from ? t('report.compare.wrongOrder') : undefined}
          onChange={({ currentTarget }) => setDays({ from, to: currentTarget.value })}
        />
      </Group>
      <Button type="submit" size="xs" disabled={!isReady}>
        {t('report.compare.apply')}
      </Button>
    </form>
  );
}
