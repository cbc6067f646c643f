import {
  ChainSummary,
  ChainVerifier,
  findingWords,
  runReport,
  verifySignatureAsync,
} from '@yici/client/web';
import { version } from '../../package.json';
import type { GivenBlock, VerifyAsked, VerifyReport, VerifySaid } from './messages.js';

/** The verifier of `yici audit verify`, over the bytes given and nothing else. */
class Verification {
  readonly #genesisHash: string;
  readonly #startedAt = new Date();
  readonly #verifier: ChainVerifier;
  readonly #seen = new ChainSummary();
  #signatures = 0;

  constructor(genesisHash: string) {
    this.#genesisHash = genesisHash;
    this.#verifier = new ChainVerifier({
      genesisHash,
      verify: (...signed) => {
        this.#signatures += 1;
        return verifySignatureAsync(...signed);
      },
    });
  }

  async add({ number, bytes }: GivenBlock): Promise<void> {
    this.#seen.add(BigInt(number), bytes);
    await this.#verifier.add(BigInt(number), bytes);
  }

  progress() {
    const { height, transactions } = this.#verifier.report();
    return { height: Number(height), transactions, signatures: this.#signatures };
  }

  report(): VerifyReport {
    const audit = { ...this.#verifier.report(), run: this.#seen.facts(this.#signatures) };
    const { verdict, height, transactions, codes, findings } = audit;
    const { channel, headerHash } = audit.run;
    const run = runReport(audit, {
      ...{ genesisHash: this.#genesisHash, startedAt: this.#startedAt, finishedAt: new Date() },
      verifier: { name: 'yici-console', version },
    });
    return {
      run,
      ...{ verdict, transactions, channel, headerHash, signatures: this.#signatures },
      height: Number(height),
      codes: Object.fromEntries(codes),
      findings: findings.map(({ block, ...found }) => ({
        ...{ code: found.code, detail: findingWords(found), tx: found.tx ?? null },
        block: block === undefined ? null : Number(block),
      })),
    };
  }
}

const say = (said: VerifySaid): void => {
  postMessage(said);
};

/** Between two words on how far it is, in milliseconds. */
const progressEvery = 200;

let verification = new Verification('');

async function take(blocks: readonly GivenBlock[]): Promise<void> {
  let told = performance.now();
  for (const block of blocks) {
    await verification.add(block);
    if (performance.now() - told < progressEvery) continue;
    told = performance.now();
    say({ kind: 'progress', ...verification.progress() });
  }
  say({ kind: 'taken', ...verification.progress() });
}

addEventListener('message', ({ data }: MessageEvent<VerifyAsked>) => {
  switch (data.kind) {
    case 'begin':
      verification = new Verification(data.pin);
      return;
    case 'blocks':
      void take(data.blocks);
      return;
    case 'report':
      say({ kind: 'report', report: verification.report() });
  }
});
