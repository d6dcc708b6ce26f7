/**
 * Style of the printed month: A4, grey-safe, rows never split. Scoped under `.sheet`, so that the console can
 * show it on its own page.
 */
export const SHEET_STYLE = `
@page{size:A4;margin:13mm 14mm}
.sheet{box-sizing:border-box;max-width:182mm;margin:0 auto;
  font:9.4pt/1.4 'Golos Text Variable','Golos Text',system-ui,sans-serif;color:#14181d;background:#fff;
  font-variant-numeric:tabular-nums lining-nums}
.sheet header{display:flex;justify-content:space-between;align-items:flex-end;gap:12mm;
  border-bottom:1.2pt solid #14181d;padding-bottom:5pt;margin-bottom:9pt}
.sheet h1{font-size:16pt;font-weight:640;letter-spacing:-.012em;line-height:1.14;margin:0;min-width:0;
  max-width:120mm;overflow-wrap:anywhere;text-wrap:balance}
.sheet header p{flex:none;max-width:64mm;margin:0;text-align:right;font-size:8.2pt;color:#454d56}
.sheet header img{flex:none;width:auto;height:14mm;margin-right:-7mm}
.sheet header img+h1{flex:1;font-size:14.5pt}
.sheet.short:has(.signed){font-size:9pt;line-height:1.32}
.sheet.short:has(.signed) .control{margin-top:8pt;padding:4pt 9pt}
.sheet .signed{display:flex;align-items:flex-end;gap:6mm;margin:7mm 0 0;break-inside:avoid}
.sheet .signed span{max-width:76mm}.sheet .signed i{flex:1;min-width:24mm;border-bottom:.6pt solid #14181d}
.sheet .big{display:grid;grid-template-columns:1fr 1.7fr .8fr .85fr;gap:12pt;margin:0 0 6pt}
.sheet .big p{margin:0}
.sheet .big b{display:block;font-size:20pt;font-weight:620;letter-spacing:-.02em;line-height:1.15;
  white-space:nowrap}
.sheet .big p>span{display:block;font-size:8.2pt;color:#3d454e}
.sheet .two{display:grid;grid-template-columns:1.12fr 1fr;gap:16pt}
.sheet .line{margin:8pt 0 0}.sheet .line+.line{margin-top:2pt}
.sheet .line strong{font-weight:620;margin-right:5pt}
.sheet .two>*{min-width:0}
.sheet h2{font-size:10.4pt;font-weight:620;line-height:1.4;margin:10pt 0 3pt}
.sheet table{border-collapse:collapse;width:100%}
.sheet tr{break-inside:avoid}
.sheet th,.sheet td{padding:2.1pt 0 2.1pt 6pt;border-bottom:.4pt solid #c9ced4;text-align:right;
  font-weight:400;vertical-align:baseline;white-space:nowrap}
.sheet tbody th{white-space:normal}
.sheet td.bar+th[scope=row],.sheet th[scope=row],.sheet thead th:first-of-type{text-align:left;padding-left:0}
.sheet thead th{font-size:7.8pt;color:#454d56;vertical-align:bottom;white-space:nowrap}
.sheet small{font-size:7.8pt;color:#454d56}
.sheet tbody small{padding-left:3pt}
.sheet td.bar{width:28pt;padding:0 6pt 0 0;vertical-align:middle}
.sheet td.bar i{display:block;height:6.5pt;background:#4a5561;print-color-adjust:exact;
  -webkit-print-color-adjust:exact}
.sheet .control{border:.6pt solid #14181d;border-radius:3pt;padding:6pt 9pt;margin-top:13pt;font-size:8.4pt;
  break-inside:avoid}
.sheet .control p{margin:0}.sheet .control p+p{margin-top:3pt;color:#3d454e}
.sheet .none{font-size:12pt;margin:0;padding:20mm 0}
.sheet.full section{margin-top:12pt}
.sheet section.whole{break-inside:avoid}
.sheet h2{break-after:avoid}
.sheet section p{margin:3pt 0}
.sheet thead{display:table-header-group}
.sheet .dense{font-size:8pt}
.sheet .dense thead th{font-size:7pt;white-space:normal;max-width:15mm;overflow-wrap:normal}
.sheet .dense tbody th{max-width:50mm}.sheet .dense td:last-child{white-space:normal}
.sheet td.bar.wide{width:34mm;padding:0 0 0 6pt}
.sheet td.bar i.outline{background:#fff;outline:.8pt solid #4a5561;outline-offset:-.8pt}
.sheet svg{display:block;width:100%;height:auto;font-size:9px;print-color-adjust:exact;
  -webkit-print-color-adjust:exact}
.sheet svg.days text{text-anchor:middle;fill:#14181d}.sheet svg.days .axis{fill:#454d56}
.sheet svg.days .on{fill:#4a5561}.sheet svg.days .off{fill:#b3bac2}
.sheet svg.days path{stroke:#14181d;stroke-width:1.4}
.sheet svg.tiles{width:110mm;font-size:9px}.sheet svg.tiles .value{font-size:19px;font-weight:620}
.sheet .tiles rect{stroke:#14181d;stroke-width:.6}
.sheet .shade0 rect{fill:#fff}.sheet .shade1 rect{fill:#e6e9ec}.sheet .shade2 rect{fill:#cdd3d9}
.sheet .shade3 rect{fill:#59636e}.sheet .shade4 rect{fill:#2b333b}
.sheet .shade3 text,.sheet .shade4 text{fill:#fff}
.sheet .text{text-align:left!important;white-space:normal!important}
.sheet .watch{margin:2pt 0 0;padding-left:13pt}.sheet .watch li{margin:2pt 0}
.sheet.news>p{font-size:11pt;line-height:1.55;margin:0 0 8pt;max-width:150mm}
.sheet .example{break-inside:avoid;display:grid;grid-template-columns:1fr 1fr;gap:4pt 8pt;margin:6pt 0}
.sheet .example+.example{margin-top:11pt}
.sheet .example .told{grid-column:1/-1;white-space:pre-line;margin:0;max-width:160mm}
.sheet figure{margin:0;min-width:0}
.sheet figure img{display:block;max-width:100%;width:auto;height:auto;max-height:74mm;border-radius:2pt}
.sheet figure .none{padding:10mm 4mm;margin:0;font-size:8.4pt;text-align:center;color:#454d56;
  border:.4pt solid #c9ced4;border-radius:2pt}
.sheet figcaption{font-size:7.8pt;color:#454d56}
.sheet th,.sheet td,.sheet p{overflow-wrap:anywhere}
.sheet>p.issued{margin:5pt 0 0;font-size:7.4pt;line-height:1.35;color:#3d454e;break-inside:avoid}
.sheet .issued code{font:inherit;font-size:7pt}
`;
