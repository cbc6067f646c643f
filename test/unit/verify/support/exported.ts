import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeBlock } from '@yici/ledger';
import { createLab } from '../../../support/ledger/lab.js';
import { TestChain } from './chain.js';
import { defineChaincode } from './traffic.js';

export interface ExportedChain {
  readonly chain: TestChain;
  /** A folder of its own for each test, with every block in a file as `blocks export` writes them. */
  readonly folder: string;
}

/** A short chain for the tests of a suite, its blocks exported anew for each of them. */
export function withExportedChain(): ExportedChain {
  let chain: TestChain;
  let folder: string;

  before(async () => {
    const lab = await createLab();
    chain = new TestChain(lab, { kind: 'raft', orderer: lab.orderer });
    await chain.append([defineChaincode(lab)]);
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-audit-'));
    chain.blocks.forEach((block) => {
      writeFileSync(join(folder, `${block.number}.block`), encodeBlock(block));
    });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get chain() {
      return chain;
    },
    get folder() {
      return folder;
    },
  };
}
