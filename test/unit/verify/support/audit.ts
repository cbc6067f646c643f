import { ChainVerifier, encodeBlock, type AuditReport, type ParsedBlock } from '@yici/ledger';

/** A chain as an auditor gets it: bytes by number. */
export type Chain = Map<bigint, Uint8Array>;

export function chainOf(blocks: readonly ParsedBlock[]): Chain {
  return new Map(blocks.map((block) => [block.number, encodeBlock(block)]));
}

export async function audit(chain: Chain, genesisHash: string): Promise<AuditReport> {
  const verifier = new ChainVerifier({ genesisHash });
  for (const [number, bytes] of chain) await verifier.add(number, bytes);
  return verifier.report();
}

/** Findings as `CODE block tx`. */
export function found({ findings }: AuditReport): readonly string[] {
  return findings.map(({ code, block, tx }) =>
    [code, block?.toString(), tx].filter((part) => part !== undefined).join(' '),
  );
}
