import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { fitWords } from '#renderer/triage/templates/fit-words.ts';
import { useTemplateUses } from '#renderer/triage/templates/use-template-uses.ts';
import classes from './templates.module.css';

const byName = (templates: readonly ReplyTemplate[]): readonly ReplyTemplate[] =>
  templates.toSorted((a, b) => a.name.localeCompare(b.name, 'ru') || (a.id < b.id ? -1 : 1));

/** Templates by name; those that are over at the end. */
export function TemplateList() {
  const { t } = useTranslation();
  const { templates } = useReference();
  const now = useNow();
  const uses = useTemplateUses(true);
  const isOver = ({ validTo }: ReplyTemplate): boolean => validTo !== null && validTo <= now;
  const offered = templates.filter((template) => !isOver(template));
  const over = templates.filter(isOver);
  return (
    <>
      <Shelf title={t('templates.offered')} templates={byName(offered)} uses={uses} />
      {over.length > 0 && <Shelf title={t('templates.over')} templates={byName(over)} uses={uses} />}
    </>
  );
}

interface ShelfProps {
  readonly title: string;
  readonly templates: readonly ReplyTemplate[];
  readonly uses: TemplateUses;
}

const Shelf = ({ title, templates, uses }: ShelfProps) => {
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
              <Row template={template} uses={uses[template.id] ?? 0} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

function Row({ template, uses }: { readonly template: ReplyTemplate; readonly uses: number }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { id, name, validFrom, validTo } = template;
  const details = [
    fitWords(template, t),
    uses === 0 ? '' : t('templates.uses', { count: uses }),
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
