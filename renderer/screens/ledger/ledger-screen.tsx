import { useTranslation } from 'react-i18next';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { ledgerBody, ledgerPage, LEDGER_STYLE } from '#shared/report/kit/ledger-sheet.ts';
import { ledgerBook } from '#shared/report/kit/ledger-table.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { PaperScreen } from '#renderer/kit/summary/paper-screen.tsx';
import { addressOf } from '#renderer/kit/summary/report-address.ts';
import { fontFaces } from '#renderer/kit/summary/save-report.ts';
import { useNamedPeriod } from '#renderer/kit/summary/use-named-period.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useLedger } from './use-ledger.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The promises that fall due in a period, by agency and street. Address: `/ledger/2022-01`. */
export function LedgerScreen() {
  const request = useNamedPeriod();
  return request === null ? null : <Ledger request={request} />;
}

function Ledger({ request }: { readonly request: ReportRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ledger = useLedger(request);
  const fileName = (extension: string): string =>
    `pult-${ledger?.region ?? ''}-${addressOf(request)}-promises.${extension}`;
  const saveHtml = async (): Promise<void> => {
    if (ledger !== null)
      saveFile(fileName('html'), 'text/html', ledgerPage(ledger, language, await fontFaces()));
  };
  const saveXlsx = (): void => {
    if (ledger !== null) saveFile(fileName('xlsx'), XLSX, writeWorkbook(ledgerBook(ledger, language)));
  };
  return (
    <PaperScreen
      request={request}
      title={t('ledger.title', { period: periodName(request, language) })}
      saves={[
        { label: t('report.asHtml'), run: () => void saveHtml() },
        { label: t('report.asXlsx'), run: saveXlsx },
      ]}
      paper={ledger === null ? null : { style: LEDGER_STYLE, markup: ledgerBody(ledger, language).markup }}
    />
  );
}
