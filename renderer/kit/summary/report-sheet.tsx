import { useLayoutEffect, useMemo, useRef, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pictures } from '#shared/domain/photo.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { pageStyle, sheetBody, type SheetSize } from '#shared/report/paper/sheet.ts';
import { SHEET_STYLE } from '#shared/report/paper/sheet-style.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { figureWords } from './figure-words.ts';
import classes from './report.module.css';

/** Menus, drawers and messages stand beside the console's root; none of them belongs on paper. */
export const PRINT_STYLE = '@media print{body>:not(#root){display:none!important}}';

const figureAt = ({ target }: SyntheticEvent): string | null =>
  target instanceof Element ? (target.closest('[data-figure]')?.getAttribute('data-figure') ?? null) : null;

/** The summary as it will be printed; every figure on it is a button. */
export function ReportSheet({
  report,
  size,
  pictures,
  onFigure,
}: {
  readonly report: PeriodReport;
  readonly size: SheetSize;
  readonly pictures: Pictures;
  readonly onFigure: (figure: string) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const paper = useRef<HTMLDivElement>(null);
  const markup = useMemo(
    () => ({ __html: sheetBody(report, language, size, pictures).markup }),
    [report, language, size, pictures],
  );
  useLayoutEffect(() => {
    for (const element of paper.current?.querySelectorAll<HTMLElement | SVGElement>('[data-figure]') ?? []) {
      const { title, explanation } = figureWords(element.dataset['figure'] ?? '', report, t, language);
      element.setAttribute('role', 'button');
      element.setAttribute('aria-haspopup', 'dialog');
      element.tabIndex = 0;
      element.setAttribute('aria-label', `${element.textContent}. ${title}`);
      element.setAttribute('title', `${title}. ${explanation}`);
    }
  }, [markup, report, t, language]);
  const open = (event: SyntheticEvent): void => {
    const figure = figureAt(event);
    if (figure !== null) onFigure(figure);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key !== 'Enter' && event.key !== ' ') || figureAt(event) === null) return;
    event.preventDefault();
    open(event);
  };
  return (
    <>
      <style>{SHEET_STYLE + PRINT_STYLE + pageStyle(report, language, size)}</style>
      <div
        ref={paper}
        role="presentation"
        className={classes['paper']}
        onClick={open}
        onKeyDown={onKeyDown}
        dangerouslySetInnerHTML={markup}
      />
    </>
  );
}
