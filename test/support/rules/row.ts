import type { ContractErrorCode, laws } from '@yici/domain/model';

/** A law of `kernel/laws.ts` and its article: `licensing 32(4)`; a document that is cited as a whole has none. */
export type Basis = `${keyof typeof laws} ${string}` | keyof typeof laws;

/** One rule: what it says, where it rests, where it is done, what shows that breaking it is refused. */
export interface RuleRow {
  /** `R1` to `R15` and names of their own for what came after them. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Without one it is a rule of this system. */
  readonly basis?: readonly Basis[];
  /** Why no refusal of the row cites its law, where that is so. */
  readonly uncited?: string;
  /** Functions that files of `chaincode/src` export. */
  readonly functions: readonly string[];
  /** File under `test/unit/chaincode` and the titles of its tests that try to break the rule. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
  /** What the tests are refused with. */
  readonly codes: readonly ContractErrorCode[];
  /** Measures of `GET /v1/stats` that show it, beside `refused-by-rule`, where every refusal counts under its code. */
  readonly figures: readonly string[];
}
