export { translationEdition } from './gbt39046.js';
export { caseJson, caseXml, packCase, type LedgerPlace, type Manifest } from './package.js';
export { referencesOf, type CaseSources } from './sources.js';
export {
  verifyCaseExport,
  type ExportCheck,
  type ExportFinding,
  type ExportFindingCode,
} from './verify.js';
