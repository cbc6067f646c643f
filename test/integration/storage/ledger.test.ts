import {
  DEFAULT_POLICY,
  commitHashOf,
  decodeSignatureMetadata,
  blockSignatureMessage,
  headerHash,
  metadataAt,
  blockMetadataIndex,
  parseBlock,
  transactionsFilter,
  validationCode,
  verifySignature,
  identify,
  type ParsedBlock,
} from '@yici/ledger';
import { NetworkError, type ChannelLedger, type StateSnapshot } from '@yici/network/testing';
import { expect } from 'chai';
import { failureOf, take } from './support/expectations.js';
import {
  CHAINCODE,
  define,
  del,
  makeLab,
  put,
  rwset,
  transaction,
  write,
  type Lab,
} from './support/lab.js';

describe('the ledger of a channel', () => {
  let lab: Lab;
  let ledger: ChannelLedger;

  before(async () => {
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab));
  });

  after(async () => {
    await ledger.close();
    await lab.remove();
  });

  it('begins with the genesis block and the config in it', async () => {
    const block = await parsed(ledger, 0n);
    expect(headerHash(block)).to.deep.equal(headerHash(parseBlock(lab.genesisBlock)));
    expect(transactionsFilter(block)).to.deep.equal(Uint8Array.of(0));
    expect(ledger.config().policy(DEFAULT_POLICY)).to.not.equal(undefined);
  });

  it("answers an ordered envelope with its block and Fabric's code, and shows what it wrote", async () => {
    const { txId, envelope } = write(lab, [put('a', 'one'), put('b', 'two')]);
    const before = ledger.height;
    const result = await ledger.order(envelope);
    expect(result).to.deep.equal({ txId, block: before, code: validationCode.VALID });
    expect(ledger.height).to.equal(before + 1n);
    await withSnapshot(ledger, (state) => {
      expect(Buffer.from(state.get(CHAINCODE, 'a')!.value).toString()).to.equal('one');
      expect(state.get(CHAINCODE, 'a')!.version).to.deep.equal({ block: before, tx: 0 });
      expect(state.hasTransaction(txId)).to.equal(true);
      expect(state.get(CHAINCODE, 'absent')).to.equal(undefined);
    });
    const found = await ledger.transaction(txId);
    expect(found?.envelope).to.deep.equal(envelope);
    expect(found).to.include({ code: 0, block: before });
    const raw = await ledger.blockByNumber(before);
    expect(await ledger.blockByTxId(txId)).to.deep.equal(raw);
    expect(await ledger.blockByHash(ledger.chainInfo().currentBlockHash)).to.deep.equal(raw);
    expect(await ledger.blockByNumber(before + 1n)).to.equal(undefined);
  });

  it('chains, signs and numbers its blocks so that anyone can check them', async () => {
    await ledger.order(write(lab, [put('chain', '1')]).envelope);
    let previous = await parsed(ledger, 0n);
    for (let number = 1n; number < ledger.height; number++) {
      const block = await parsed(ledger, number);
      expect(block.number).to.equal(number);
      expect(block.previousHash).to.deep.equal(headerHash(previous));
      expect(commitHashOf(block)).to.have.length(32);
      expectSignedByOrderer(ledger, block, lab.orderer.identity);
      previous = block;
    }
    expect(ledger.chainInfo()).to.deep.equal({
      height: ledger.height,
      currentBlockHash: headerHash(previous),
      previousBlockHash: previous.previousHash,
    });
  });

  it('writes what waits together into one block', async () => {
    const made = Array.from({ length: 40 }, (_, i) => write(lab, [put(`group${i}`, 'x')]));
    const results = await Promise.all(made.map(({ envelope }) => ledger.order(envelope)));
    expect(new Set(results.map(({ code }) => code))).to.deep.equal(new Set([0]));
    expect(new Set(results.map(({ block }) => block)).size).to.be.below(6);
    expect(results.map(({ txId }) => txId)).to.deep.equal(made.map(({ txId }) => txId));
  });

  it('gives the codes of Fabric: read conflict, endorsement, duplicate', async () => {
    await ledger.order(write(lab, [put('hot', '0')]).envelope);
    const stale = write(lab, [put('hot', '1')], [{ key: 'hot' }]);
    expect((await ledger.order(stale.envelope)).code).to.equal(validationCode.MVCC_READ_CONFLICT);
    const lonely = transaction(lab, {
      rwset: rwset(CHAINCODE, { writes: [put('hot', '2')] }),
      endorsers: lab.peers.slice(0, 1),
    });
    expect((await ledger.order(lonely.envelope)).code).to.equal(
      validationCode.ENDORSEMENT_POLICY_FAILURE,
    );
    const first = write(lab, [put('twice', '1')]);
    const [one, two] = await Promise.all([
      ledger.order(first.envelope),
      ledger.order(first.envelope),
    ]);
    expect([one.code, two.code]).to.have.members([0, validationCode.DUPLICATE_TXID]);
    expect((await ledger.order(first.envelope)).code).to.equal(validationCode.DUPLICATE_TXID);
    expect((await ledger.transaction(first.txId))?.code).to.equal(0);
    await withSnapshot(ledger, (state) => {
      expect(Buffer.from(state.get(CHAINCODE, 'hot')!.value).toString()).to.equal('0');
    });
  });

  it('keeps a snapshot as it was while later blocks commit', async () => {
    await ledger.order(write(lab, [put('frozen', 'before')]).envelope);
    const snapshot = ledger.snapshot();
    const { height } = snapshot;
    await ledger.order(write(lab, [put('frozen', 'after'), put('frozen2', 'new')]).envelope);
    expect(snapshot.height).to.equal(height);
    expect(Buffer.from(snapshot.get(CHAINCODE, 'frozen')!.value).toString()).to.equal('before');
    const keys = (await take(snapshot.range(CHAINCODE, 'frozen', 'frozen~'))).map(({ key }) => key);
    expect(keys).to.deep.equal(['frozen']);
    await snapshot.close();
    await withSnapshot(ledger, (state) => {
      expect(state.height).to.equal(ledger.height);
      expect(Buffer.from(state.get(CHAINCODE, 'frozen')!.value).toString()).to.equal('after');
    });
  });

  it('ranges in UTF-8 byte order, also over keys that hold U+0000 and U+10FFFF', async () => {
    const keys = [
      '\u0000n\u0000a\u0000',
      '\u0000n\u0000\u{10ffff}',
      'é',
      'z',
      '\uffee',
      '\u{1f600}',
    ];
    await ledger.order(
      write(
        lab,
        keys.map((key) => put(`R${key}`, key)),
      ).envelope,
    );
    await withSnapshot(ledger, async (state) => {
      const found = (await take(state.range(CHAINCODE, 'R', 'S'))).map(({ key }) => key);
      const sorted = keys
        .map((key) => `R${key}`)
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(found).to.deep.equal(sorted);
      const composite = await take(
        state.range(CHAINCODE, 'R\u0000n\u0000', 'R\u0000n\u0000\u{10ffff}'),
      );
      expect(composite.map(({ key }) => key)).to.deep.equal(['R\u0000n\u0000a\u0000']);
      const all = await take(state.range(CHAINCODE, '', ''));
      expect(all.length).to.be.above(found.length);
      expect(all.some(({ key }) => key.includes('namespaces'))).to.equal(false);
    });
  });

  it('tells the history of a key, newest first, deletes included', async () => {
    const ids: string[] = [];
    for (const change of [put('h', '1'), put('h', '2'), del('h'), put('h', '3')]) {
      const { txId, envelope } = write(lab, [change, put('h\u0000', 'other')]);
      await ledger.order(envelope);
      ids.unshift(txId);
    }
    await withSnapshot(ledger, async (state) => {
      const history = await take(state.history(CHAINCODE, 'h'));
      expect(history.map(({ txId }) => txId)).to.deep.equal(ids);
      expect(history.map(({ value }) => Buffer.from(value).toString())).to.deep.equal([
        '3',
        '',
        '2',
        '1',
      ]);
      expect(history.map(({ isDelete }) => isDelete)).to.deep.equal([false, true, false, false]);
      expect(history[0]!.timestamp.seconds).to.be.closeTo(Date.now() / 1000, 60);
    });
  });

  it('streams every block from any height and each new one, until the signal aborts', async () => {
    const stop = new AbortController();
    const seen: bigint[] = [];
    const from = ledger.height - 3n;
    const reading = (async () => {
      for await (const bytes of ledger.blocks(from, stop.signal)) {
        seen.push(parseBlock(bytes).number);
        if (seen.length === 5) stop.abort();
      }
    })();
    await ledger.order(write(lab, [put('s', '1')]).envelope);
    await ledger.order(write(lab, [put('s', '2')]).envelope);
    await reading;
    expect(seen).to.deep.equal([from, from + 1n, from + 2n, from + 3n, from + 4n]);
  });

  it('ends a stream that waits when its signal aborts', async () => {
    const stop = new AbortController();
    const reading = take(ledger.blocks(ledger.height, stop.signal));
    stop.abort();
    expect(await reading).to.deep.equal([]);
  });

  it('tells those who wait for a transaction, before and after', async () => {
    const { txId, envelope } = write(lab, [put('w', '1')]);
    const waiting = ledger.whenCommitted(txId);
    const stop = new AbortController();
    const given = failureOf(ledger.whenCommitted('00ff', stop.signal));
    const result = await ledger.order(envelope);
    expect(await waiting).to.deep.equal(result);
    expect(await ledger.whenCommitted(txId)).to.deep.equal(result);
    stop.abort();
    expect(await given).to.have.property('name', 'AbortError');
    expect(await failureOf(ledger.whenCommitted('00ff', AbortSignal.abort()))).to.have.property(
      'name',
      'AbortError',
    );
  });

  it('refuses a second process on the folder', async () => {
    const error = await failureOf(lab.open());
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'DATA_FOLDER_LOCKED');
  });

  it('is the same after it was closed and opened', async () => {
    const info = ledger.chainInfo();
    await ledger.close();
    expect(await failureOf(ledger.order(write(lab, []).envelope))).to.have.property(
      'code',
      'CLOSED',
    );
    ledger = await lab.open();
    expect(ledger.chainInfo()).to.deep.equal(info);
    const { envelope } = write(lab, [put('again', '1')]);
    expect((await ledger.order(envelope)).code).to.equal(0);
  });
});

async function parsed(ledger: ChannelLedger, number: bigint): Promise<ParsedBlock> {
  const bytes = await ledger.blockByNumber(number);
  return parseBlock(bytes!);
}

function expectSignedByOrderer(
  ledger: ChannelLedger,
  block: ParsedBlock,
  orderer: Uint8Array,
): void {
  const { value, signatures } = decodeSignatureMetadata(
    metadataAt(block, blockMetadataIndex.signatures),
  );
  expect(signatures).to.have.length(1);
  const signature = signatures[0]!;
  expect(signature.kind === 'creator' && signature.creator).to.deep.equal(orderer);
  const verdict = identify(ledger.config(), orderer);
  expect(verdict.valid).to.equal(true);
  if (!verdict.valid) return;
  const message = blockSignatureMessage(value, signature.header, block);
  expect(verifySignature(verdict.identity.publicKey, message, signature.signature)).to.equal(true);
}

async function withSnapshot(
  ledger: ChannelLedger,
  look: (state: StateSnapshot) => void | Promise<void>,
): Promise<void> {
  const snapshot = ledger.snapshot();
  try {
    await look(snapshot);
  } finally {
    await snapshot.close();
  }
}
