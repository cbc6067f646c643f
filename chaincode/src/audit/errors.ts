import type { ContractErrorMeaning } from '../kernel/laws';

/** What the rules of audit records refuse. */
export const auditErrors = {
  AUDIT_RECORD_INVALID: {
    zh: '核验记录自相矛盾，或者与本通道不符。',
    en: 'The record of an audit run contradicts itself, or is not about this channel.',
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type AuditErrors = typeof auditErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends AuditErrors {}
}
