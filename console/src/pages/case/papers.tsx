import { actsOfPaper, type CasePaperKind } from '@yici/papers/kinds';
import type { CaseEventRecord } from '@yici/domain/model';
import { Papers } from '../../papers/papers.js';
import { usePages } from '../../session/reads.js';

/** The papers that the acts of a case give rise to. */
export function PapersOfCase({ caseNo }: { readonly caseNo: string }) {
  const { items } = usePages<CaseEventRecord>('cases.events', { caseNo, limit: 200 });
  const due = items.flatMap(({ type, seq, at }) =>
    kinds
      .filter((kind) => (actsOfPaper[kind] as readonly string[]).includes(type))
      .map((kind) => ({ wanted: { kind, caseNo, seq }, number: caseNo, at })),
  );
  return <Papers due={due} />;
}

const kinds = Object.keys(actsOfPaper) as CasePaperKind[];
