import { auditVerdict, ChainVerifier, isGenesisPin, verifySignatureAsync } from '@yici/ledger';
import { openBlockFolder, type BlockFolder } from './block-folder.js';
import { ChainSummary } from './chain-summary.js';
import type { AuditRun } from './run-report.js';

interface VerifyFolderOptions {
  /** Folder of `<number>.block` files. */
  readonly folder: string;
  /** SHA-256 of the genesis block's header, hex, obtained independently of the folder. */
  readonly genesisHash: string;
  /** Called after each block with the number done and the total. */
  readonly onBlock?: (done: number, all: number) => void;
  /** Receives the names of files that are not blocks. */
  readonly onIgnored?: (names: readonly string[]) => void;
}

/**
 * Verifies a channel from a folder of its blocks and the pinned genesis hash, without network access. Unreadable input
 * is a finding; the content of the folder never causes a rejection.
 */
export async function verifyFolder(options: VerifyFolderOptions): Promise<AuditRun> {
  let signatures = 0;
  const verifier = new ChainVerifier({
    genesisHash: options.genesisHash,
    verify: (...signed) => {
      signatures += 1;
      return verifySignatureAsync(...signed);
    },
  });
  const seen = new ChainSummary();
  // Without a valid pin nothing in the folder can be trusted.
  if (!isGenesisPin(options.genesisHash)) return pinless(verifier);
  const folder = await opened(options.folder);
  if (typeof folder === 'string') return unreadable(folder);
  if (folder.others.length > 0) options.onIgnored?.(folder.others);
  await addAll({ verifier, seen }, folder, options.onBlock);
  return { ...verifier.report(), run: seen.facts(signatures) };
}

async function addAll(
  { verifier, seen }: { readonly verifier: ChainVerifier; readonly seen: ChainSummary },
  folder: BlockFolder,
  onBlock: VerifyFolderOptions['onBlock'],
): Promise<void> {
  const { numbers } = folder;
  let next = settled(folder, numbers[0]);
  for (const [index, number] of numbers.entries()) {
    const bytes = await next;
    // The next file is read while this block is checked.
    next = settled(folder, numbers[index + 1]);
    seen.add(number, bytes instanceof Uint8Array ? bytes : undefined);
    if (bytes instanceof Uint8Array) await verifier.add(number, bytes);
    else verifier.addUnreadable(number, String(bytes));
    onBlock?.(index + 1, numbers.length);
  }
}

/** The block's bytes, or the reason why they cannot be read. */
async function settled(
  folder: BlockFolder,
  number: bigint | undefined,
): Promise<Uint8Array | string | undefined> {
  if (number === undefined) return undefined;
  return folder.read(number).catch(messageOf);
}

function opened(folder: string): Promise<BlockFolder | string> {
  return openBlockFolder(folder).catch(messageOf);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pinless(verifier: ChainVerifier): AuditRun {
  const findings = verifier.report().findings.filter(({ code }) => code === 'PIN_MALFORMED');
  return { ...NOTHING, verdict: auditVerdict(findings), findings };
}

function unreadable(detail: string): AuditRun {
  const findings = [{ code: 'INPUT_UNREADABLE', block: undefined, tx: undefined, detail }] as const;
  return { ...NOTHING, verdict: auditVerdict(findings), findings };
}

const NOTHING = {
  ...{ height: 0n, transactions: 0, codes: new Map<string, number>() },
  run: new ChainSummary().facts(0),
};
