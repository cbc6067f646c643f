/** Every kind of record by its name; ../keys.ts adds those of every concept. */
export interface LedgerRecords {}
/** Everything the chaincode keeps, told apart by `kind`. */
export type LedgerRecord = LedgerRecords[keyof LedgerRecords];
export type RecordKind = LedgerRecord['kind'];
export type RecordOf<K extends RecordKind> = Extract<LedgerRecord, { kind: K }>;
