export { builtInText, readFonts, readTemplate, type PaperFonts } from './built-in.js';
export { codeText, issuedDigest, parseCode, type PaperCode } from './code.js';
export {
  actOfPaper,
  casePaper,
  draftPaper,
  type CasePaperSources,
  type PaperAct,
} from './case-paper.js';
export type { Language, Paper } from './paper.js';
export {
  cardPaper,
  orderPaper,
  type CardPaperSources,
  type OrderPaperSources,
} from './supervision-paper.js';
export { PaperError, paperErrorCodes, type PaperErrorCode } from './errors.js';
export { fieldLines, type FieldLine } from './fields.js';
export {
  actsOfPaper,
  isCasePaper,
  paperKindOf,
  paperKinds,
  paperWords,
  type CasePaperKind,
  type PaperKind,
} from './kinds.js';
export { layOut } from './layout.js';
export { templateOf, type Template } from './template.js';
