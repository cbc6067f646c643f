import { z } from 'zod';
import { code, date, digest, text } from '../../kernel/scalars';
import { namesOf, type Vocabulary } from '../../kernel/words';

/** What sealed a document (Zhejiang regulation art 10(2), 11(4)). */
export const sealSystemWords = {
  provincial: { zh: '省人民政府电子印章系统', en: "the provincial government's e-seal system" },
  assessed: { zh: '经审核评估的电子签章系统', en: 'an e-seal system that passed its assessment' },
  paper: { zh: '纸质文书加盖印章', en: 'a stamp on paper' },
} satisfies Vocabulary;
export const sealSystem = z.enum(namesOf(sealSystemWords));

/** 受理文书编号: an..30 in GB/T 39046 table 6. */
export const voucherNumber = code(30);

/**
 * A document that goes to the applicant with its number, its date and the organ's seal: the voucher of an answer at the door
 * (Administrative Licensing Law art 32(2)), a decision, what is delivered, a licence (art 39(1)). A signature on the ledger is
 * no seal.
 */
export const sealedDocument = z.strictObject({
  number: text(100),
  /** The day of the act: the ledger sets it, so nobody dates one back. */
  date,
  document: digest,
  /** What sealed it, and the digest of the seal's own proof. */
  seal: z.strictObject({ system: sealSystem, evidence: digest }),
});
export type SealedDocument = z.output<typeof sealedDocument>;
