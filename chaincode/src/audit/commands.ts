import { z } from 'zod';
import { command, query } from '../kernel/operation';
import { sha256Hex } from '../kernel/scalars';
import { auditRecord, auditRun } from './records';

const audits = { plural: 'audits', key: 'report' } as const;

export const recordAuditInput = z.strictObject(auditRun);

const audit = { output: auditRecord } as const;

export const commands = {
  'audit.record': command({
    ...audit,
    of: audits,
    creates: true,
    input: recordAuditInput,
    roles: ['supervisor'],
    summary: { zh: '登记核验结果', en: 'Record what a verification of the ledger came to' },
  }),
} as const;

export const queries = {
  'audit.get': query({
    ...audit,
    audience: 'members',
    input: z.strictObject({ report: sha256Hex }),
    summary: { zh: '查询核验记录', en: 'One audit run' },
  }),
} as const;
