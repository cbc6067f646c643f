import type { CaseEventType, CommandName, Vocabulary } from '@yici/domain/model';
import { PaperError } from './errors.js';

/** The papers, by the name of their template's file. */
export const paperWords = {
  receipt: { zh: '收件凭证', en: 'Receipt of filing' },
  acceptance: { zh: '受理通知书', en: 'Notice of acceptance' },
  supplement: { zh: '补正告知书', en: 'Notice of supplement' },
  notAccepted: { zh: '不予受理通知书', en: 'Notice of non-acceptance' },
  decision: { zh: '决定书', en: 'Decision' },
  order: { zh: '督办单', en: 'Supervision order' },
  card: { zh: '亮牌通知单', en: 'Warning card' },
} satisfies Vocabulary;
export type PaperKind = keyof typeof paperWords;
export const paperKinds = Object.keys(paperWords) as readonly PaperKind[];

/** The acts on a case that each paper is about; the newest of them unless another is named. */
export const actsOfPaper = {
  receipt: ['case.receive'],
  acceptance: ['case.accept', 'case.tolerantAccept'],
  supplement: ['case.supplementNotice'],
  notAccepted: ['case.refuse'],
  decision: ['case.decide'],
} as const satisfies Partial<Record<PaperKind, readonly CaseEventType[]>>;
export type CasePaperKind = keyof typeof actsOfPaper;

export const isCasePaper = (kind: PaperKind): kind is CasePaperKind =>
  Object.hasOwn(actsOfPaper, kind);

const ofCommands: Readonly<Partial<Record<PaperKind, readonly CommandName[]>>> = {
  ...actsOfPaper,
  order: ['order.issue'],
  card: ['card.raise', 'card.raiseOther'],
};

/** The paper that an act gives rise to, if any. */
export const paperOf = (command: CommandName): PaperKind | undefined =>
  paperKinds.find((kind) => ofCommands[kind]?.includes(command) === true);

/** The paper of a code or of its Chinese name. @throws PaperError PAPER_KIND_UNKNOWN with all there are */
export function paperKindOf(name: string): PaperKind {
  const kind = paperKinds.find((one) => one === name || paperWords[one].zh === name);
  if (kind !== undefined) return kind;
  const message = {
    zh: `没有“${name}”这种文书，可用：${paperKinds.map((one) => paperWords[one].zh).join('、')}。`,
    en: `There is no paper "${name}"; there are: ${paperKinds.join(', ')}.`,
  };
  throw new PaperError('PAPER_KIND_UNKNOWN', message, {
    details: { kind: name, allowed: paperKinds },
  });
}
