import { createPrivateKey } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import {
  CommitError,
  EndorseError,
  GatewayError,
  connect,
  signers,
  type Contract,
} from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { Lab, labChannel } from '../../support/peer/lab.js';
import { mspOf } from '../../support/peer/lab-topology.js';
import { rejection, text } from '../../support/peer/rejection.js';

const { TxValidationCode } = peer;

describe('a Fabric client at the embedded peer', function () {
  this.timeout(60_000);
  let lab: Lab;
  let contract: Contract;

  before(async () => {
    lab = await Lab.open();
    await lab.deploy({ name: 'lab', sequence: 1 });
    contract = lab.client().contract('lab');
  });

  after(async () => {
    await lab.close();
  });

  it('submits and evaluates', async () => {
    expect(text(await contract.submitTransaction('put', 'first', 'one'))).to.equal('one');
    expect(text(await contract.evaluateTransaction('get', 'first'))).to.equal('one');
  });

  it('sees at every department what one department wrote', async () => {
    await contract.submitTransaction('put', 'shared', 'seen');
    const other = lab.client('cadastre').contract('lab');
    expect(text(await other.evaluateTransaction('get', 'shared'))).to.equal('seen');
  });

  it('reads what is committed, not what the transaction itself wrote', async () => {
    const result = await contract.submitTransaction('putThenGet', 'own-write', 'new');
    expect(text(result)).to.equal('');
    expect(text(await contract.evaluateTransaction('get', 'own-write'))).to.equal('new');
  });

  it('submits without waiting and asks for the status afterwards', async () => {
    const commit = await contract.submitAsync('put', { arguments: ['later', 'yes'] });
    expect(text(commit.getResult())).to.equal('yes');
    const found = await commit.getStatus();
    expect(found).to.include({ code: TxValidationCode.VALID, successful: true });
    expect(found.transactionId).to.equal(commit.getTransactionId());
    expect(Number(found.blockNumber)).to.equal(Number(lab.ledger.height) - 1);
  });

  it('takes all four messages signed elsewhere', async () => {
    const { mspId, certificatePem, keyPem } = lab.user('budget.clerk1');
    const offline = connect({
      client: lab.channel('budget'),
      identity: { mspId, credentials: Buffer.from(certificatePem) },
    });
    const sign = signers.newPrivateKeySigner(createPrivateKey(keyPem));
    const proposal = offline
      .getNetwork(labChannel)
      .getContract('lab')
      .newProposal('put', { arguments: ['offline', 'signed'] });
    const signedProposal = offline.newSignedProposal(
      proposal.getBytes(),
      await sign(proposal.getDigest()),
    );
    expect(text(await signedProposal.evaluate())).to.equal('signed');
    const endorsed = await signedProposal.endorse();
    const transaction = offline.newSignedTransaction(
      endorsed.getBytes(),
      await sign(endorsed.getDigest()),
    );
    const submitted = await transaction.submit();
    const commit = offline.newSignedCommit(submitted.getBytes(), await sign(submitted.getDigest()));
    expect(await commit.getStatus()).to.include({ successful: true });
  });

  it('hands transient data to the chaincode and keeps it out of the block', async () => {
    const secret = 'kept between us';
    const result = await contract.submit('transient', {
      arguments: ['secret'],
      transientData: { secret },
    });
    expect(text(result)).to.equal(secret);
    const block = await lab.ledger.blockByNumber(lab.ledger.height - 1n);
    const bytes = Buffer.from(block ?? []);
    // The answer is public, the transient map is not: the word may stand there once, as the answer.
    expect(bytes.toString('latin1').split(secret)).to.have.length(2);
  });

  it('gives who asked to the chaincode', async () => {
    expect(text(await contract.evaluateTransaction('creator'))).to.equal(mspOf.archive);
  });

  it('says what the chaincode refused, for every way of asking', async () => {
    const evaluated = await rejection(contract.evaluateTransaction('fail', 'no'), GatewayError);
    expect(evaluated.code).to.equal(status.UNKNOWN);
    expect(evaluated.details).to.have.length(1);
    expect(evaluated.details[0]?.message).to.match(/^chaincode response 500, .*no/);
    const endorsed = await rejection(contract.submitTransaction('fail', 'no'), EndorseError);
    expect(endorsed.code).to.equal(status.ABORTED);
    expect(endorsed.details).to.have.length(1);
    expect(endorsed.details[0]).to.include({ mspId: mspOf.archive });
    expect(endorsed.details[0]?.address).to.equal(lab.peer.addresses.peers.get(mspOf.archive));
    expect(endorsed.details[0]?.message).to.match(/^chaincode response 500, .*no/);
  });

  it('gives one of two writers of the same key MVCC_READ_CONFLICT (11)', async () => {
    await contract.submitTransaction('put', 'counter', '0');
    const proposals = ['increment', 'increment'].map((name) =>
      contract.newProposal(name, { arguments: ['counter'] }),
    );
    const transactions = await Promise.all(proposals.map((proposal) => proposal.endorse()));
    const commits = await Promise.all(transactions.map((transaction) => transaction.submit()));
    const statuses = await Promise.all(commits.map((commit) => commit.getStatus()));
    expect(statuses.map(({ code }) => code).sort()).to.deep.equal([
      TxValidationCode.VALID,
      TxValidationCode.MVCC_READ_CONFLICT,
    ]);
    expect(text(await contract.evaluateTransaction('get', 'counter'))).to.equal('1');
  });

  it('finds a key that appeared in a range: PHANTOM_READ_CONFLICT (12)', async () => {
    const proposal = contract.newProposal('rangeThenPut', { arguments: ['ph-', 'ph~', 'seen'] });
    const transaction = await proposal.endorse();
    await contract.submitTransaction('put', 'ph-1', 'appeared');
    const commit = await transaction.submit();
    expect(await commit.getStatus()).to.include({
      code: TxValidationCode.PHANTOM_READ_CONFLICT,
      successful: false,
    });
  });

  it('finds a phantom in a range of hundreds, recorded as a Merkle summary', async () => {
    await contract.submitTransaction('putMany', 'big-', '230');
    const still = contract.newProposal('rangeThenPut', { arguments: ['big-', 'big~', 'n1'] });
    const untouched = await (await (await still.endorse()).submit()).getStatus();
    expect(untouched.code).to.equal(TxValidationCode.VALID);
    const moved = contract.newProposal('rangeThenPut', { arguments: ['big-', 'big~', 'n2'] });
    const transaction = await moved.endorse();
    await contract.submitTransaction('put', 'big-0117', 'changed');
    const changed = await (await transaction.submit()).getStatus();
    expect(changed.code).to.equal(TxValidationCode.PHANTOM_READ_CONFLICT);
  });

  it('refuses too few endorsements: ENDORSEMENT_POLICY_FAILURE (10) at the chaincode’s policy', async () => {
    const proposal = contract.newProposal('put', {
      arguments: ['alone', 'x'],
      endorsingOrganizations: [mspOf.budget],
    });
    const commit = await (await proposal.endorse()).submit();
    expect(await commit.getStatus()).to.include({
      code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
    });
  });

  it('refuses too few endorsements: ENDORSEMENT_POLICY_FAILURE (10) at a key’s own policy', async () => {
    await contract.submitTransaction('put', 'guarded', 'v1');
    await contract.submitTransaction('setPolicy', 'guarded', JSON.stringify([mspOf.cadastre]));
    const found = text(await contract.evaluateTransaction('getPolicy', 'guarded'));
    expect(JSON.parse(found)).to.deep.equal([mspOf.cadastre]);
    const proposal = contract.newProposal('put', {
      arguments: ['guarded', 'v2'],
      endorsingOrganizations: [mspOf.archive, mspOf.budget],
    });
    const commit = await (await proposal.endorse()).submit();
    expect(await commit.getStatus()).to.include({
      code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
    });
    // Left to itself, the gateway finds the department the key asks for.
    await contract.submitTransaction('put', 'guarded', 'v3');
    expect(text(await contract.evaluateTransaction('get', 'guarded'))).to.equal('v3');
  });

  it('throws what was committed as invalid', async () => {
    const proposal = contract.newProposal('put', {
      arguments: ['alone', 'x'],
      endorsingOrganizations: [mspOf.budget],
    });
    const transaction = await proposal.endorse();
    await transaction.submit();
    const error = await rejection(
      contract.submit('put', {
        arguments: ['alone', 'y'],
        endorsingOrganizations: [mspOf.budget],
      }),
      CommitError,
    );
    expect(error.code).to.equal(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
  });

  it('does not order what its creator did not sign', async () => {
    const transaction = await contract.newProposal('put', { arguments: ['forged', 'x'] }).endorse();
    const { mspId, certificatePem, keyPem } = lab.user('budget.clerk1');
    const other = connect({
      client: lab.channel('archive'),
      identity: { mspId, credentials: Buffer.from(certificatePem) },
      signer: signers.newPrivateKeySigner(createPrivateKey(keyPem)),
    });
    const error = await rejection(
      other.newTransaction(transaction.getBytes()).submit(),
      GatewayError,
    );
    expect(error.code).to.equal(status.ABORTED);
    expect(error.message).to.match(/status=FORBIDDEN/);
  });

  it('asks the departments that are named and no other', async () => {
    const proposal = contract.newProposal('put', {
      arguments: ['named', 'x'],
      endorsingOrganizations: [mspOf.budget, mspOf.cadastre],
    });
    const transaction = await proposal.endorse();
    await (await transaction.submit()).getStatus();
    const unknown = contract.newProposal('put', {
      arguments: ['named', 'x'],
      endorsingOrganizations: ['NobodyMSP'],
    });
    const error = await rejection(unknown.endorse(), EndorseError);
    expect(error.code).to.equal(status.UNAVAILABLE);
    expect(error.message).to.contain('failed to find any endorsing peers for org(s): NobodyMSP');
  });

  it('answers qscc', async () => {
    const qscc = lab.client().contract('qscc');
    const info = common.BlockchainInfo.deserializeBinary(
      await qscc.evaluateTransaction('GetChainInfo', labChannel),
    );
    expect(info.getHeight()).to.equal(Number(lab.ledger.height));
    const bytes = await qscc.evaluateTransaction('GetBlockByNumber', labChannel, '0');
    const genesis = common.Block.deserializeBinary(bytes);
    expect(genesis.getHeader()?.getNumber()).to.equal(0);
    const commit = await contract.submitAsync('put', { arguments: ['q', 'v'] });
    await commit.getStatus();
    const txId = commit.getTransactionId();
    const processed = peer.ProcessedTransaction.deserializeBinary(
      await qscc.evaluateTransaction('GetTransactionByID', labChannel, txId),
    );
    expect(processed.getValidationcode()).to.equal(TxValidationCode.VALID);
    const byTx = await qscc.evaluateTransaction('GetBlockByTxID', labChannel, txId);
    expect(common.Block.deserializeBinary(byTx).getHeader()?.getNumber()).to.equal(
      Number(lab.ledger.height) - 1,
    );
    const byHash = await qscc.evaluate('GetBlockByHash', {
      arguments: [labChannel, info.getCurrentblockhash_asU8()],
    });
    expect(common.Block.deserializeBinary(byHash).getHeader()?.getNumber()).to.equal(
      info.getHeight() - 1,
    );
    const missing = await rejection(
      qscc.evaluateTransaction('GetTransactionByID', labChannel, 'none'),
      GatewayError,
    );
    expect(missing.details[0]?.message).to.contain('no such transaction ID [none] in index');
  });

  it('survives a restart of the peers', async () => {
    await contract.submitTransaction('put', 'kept', 'yes');
    const before = lab.ledger.height;
    await lab.restart();
    expect(lab.ledger.height).to.equal(before);
    contract = lab.client().contract('lab');
    expect(text(await contract.evaluateTransaction('get', 'kept'))).to.equal('yes');
    await contract.submitTransaction('put', 'kept', 'again');
  });
});
