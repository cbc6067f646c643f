/** Every kind of record by its name; each concept adds its own where it declares them. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what is in it the concepts say
export interface LedgerRecords {}
/** Everything the chaincode keeps, told apart by `kind`. */
export type LedgerRecord = LedgerRecords[keyof LedgerRecords];
export type RecordKind = LedgerRecord['kind'];
export type RecordOf<K extends RecordKind> = Extract<LedgerRecord, { kind: K }>;
