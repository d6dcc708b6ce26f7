import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { fitWords } from '#renderer/triage/templates/fit-words.ts';
import classes from './templates.module.css';

const byName = (templates: readonly ReplyTemplate[]): readonly ReplyTemplate[] =>
  templates.toSorted((a, b) => a.name.localeCompare(b.name, 'ru') || (a.id < b.id ? -1 : 1));

/** Templates by name; those that are over at the end. */
export function TemplateList() {
  const { t } = useTranslation();
  const { templates } = useReference();
  const now = useNow();
  const isOver = ({ validTo }: ReplyTemplate): boolean => validTo !== null && validTo <= now;
  const offered = templates.filter((template) => !isOver(template));
  const over = templates.filter(isOver);
  return (
    <>
      <Shelf title={t('templates.offered')} templates={byName(offered)} />
      {over.length > 0 && <Shelf title={t('templates.over')} templates={byName(over)} />}
    </>
  );
}

interface ShelfProps {
  readonly title: string;
  readonly templates: readonly ReplyTemplate[];
}

const Shelf = ({ title, templates }: ShelfProps) => {
  const { t } = useTranslation();
  return (
    <section className={classes['shelf']}>
      <h2>{title}</h2>
      {templates.length === 0 ? (
        <p className={classes['hint']}>{t('templates.noneOffered')}</p>
      ) : (
        <ul className={classes['list']} aria-label={title}>
          {templates.map((template) => (
            <li key={template.id}>
              <Row template={template} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

function Row({ template }: { readonly template: ReplyTemplate }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { id, name, validFrom, validTo } = template;
  const details = [
    fitWords(template, t),
    validFrom !== null && validFrom > now ? t('directory.from', { day: when.date(validFrom, now) }) : '',
    validTo === null ? '' : t('directory.until', { day: when.date(validTo - 1, now) }),
  ];
  return (
    <Link href={`/templates/${encodeURIComponent(id)}`}>
      <b>{name}</b>
      <span className={classes['details']}>{details.filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
