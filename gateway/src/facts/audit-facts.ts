import { isProofFailure, shanghaiDate, type AuditRecord } from '@yici/domain/model';
import { fact, yes, type PlacedFact } from './fact.js';

/** An audit run on the day it was recorded, and the faults it found. */
export function auditFacts(record: AuditRecord): PlacedFact[] {
  const { report, department, at, verdict, verifier, checked, findings } = record;
  const common = { subject: 'audit', id: report, day: shanghaiDate(at) } as const;
  const judged = verdict === 'verified' || verdict === 'failed';
  const failures = findings.filter(({ code }) => isProofFailure(code));
  return [
    fact('audit', {
      ...common,
      labels: { department, verdict, verifier: `${verifier.name} ${verifier.version}` },
      numbers: { runs: 1, blocks: checked.blocks, judged: judged ? yes(judged) : undefined },
    }),
    ...failures.map(({ code, count }) =>
      fact('auditFailure', {
        ...{ ...common, part: code },
        labels: { department, code },
        numbers: { failures: count },
      }),
    ),
  ];
}
