import './support/quiet.js';
import { parseBlock, validationCode } from '@yici/ledger';
import { expect } from 'chai';
import { fileCase } from '../gateway/support/story.js';
import { endorsersOf, failureOf, type Caller } from './support/caller.js';
import { openDoor, type Door } from './support/door.js';

const everybody = ['EstablishmentMSP', 'OfficesMSP', 'DataMSP', 'SupervisionMSP'];

describe('the peer port over fabric-network', function () {
  this.timeout(180_000);
  let door: Door;
  let clerk: Caller;

  before(async () => {
    door = await openDoor();
    clerk = await door.caller('offices.clerk1');
  });

  after(() => door.close());

  const receive = (caseNo: string, voucherNo: string): readonly string[] => [
    'case:receive',
    JSON.stringify({ caseNo, voucherNo }),
  ];
  const filed = () => fileCase(door.world.api, 'data.clerk1');

  it('evaluates, also on the system chaincodes', async () => {
    const caseNo = await filed();
    const record = await clerk.evaluate('yici', 'case:get', JSON.stringify({ caseNo }));
    expect(JSON.parse(Buffer.from(record).toString())).to.include({ kind: 'case', caseNo });
    const block = await clerk.evaluate('qscc', 'GetBlockByNumber', door.world.network.channel, '1');
    expect(parseBlock(block).number).to.equal(1n);
  });

  it('keeps every department’s endorsement of the agreed payload, or those of the ones named', async () => {
    const args = receive(await filed(), 'V1');
    expect(endorsersOf(await clerk.endorse(args))).to.have.members(everybody);
    const organizations = ['OfficesMSP', 'EstablishmentMSP', 'DataMSP'];
    expect(endorsersOf(await clerk.endorse(args, { organizations }))).to.have.members(
      organizations,
    );
  });

  it('reports that the later of two conflicting transactions lost', async () => {
    const caseNo = await filed();
    const first = await clerk.endorse(receive(caseNo, 'V1'));
    const second = await clerk.endorse(receive(caseNo, 'V2'));
    await clerk.submit(first);
    await clerk.submit(second);
    const won = await clerk.status(first.txId);
    const lost = await clerk.status(second.txId);
    expect(won.code).to.equal(validationCode.VALID);
    expect(lost.code).to.equal(validationCode.MVCC_READ_CONFLICT);
    expect(lost.block >= won.block).to.equal(true);
  });

  it('delivers the block of a transaction that is not committed yet', async () => {
    const prepared = await clerk.endorse(receive(await filed(), 'V1'));
    const status = clerk.status(prepared.txId);
    await clerk.submit(prepared);
    expect((await status).code).to.equal(validationCode.VALID);
  });

  it('sends transient data only to the departments that the caller names', async () => {
    const args = receive(await filed(), 'V1');
    const failure = await failureOf(clerk.endorse(args, { transient: true }));
    expect(failure.code).to.equal(9);
    const organizations = ['OfficesMSP'];
    // The contract takes nothing private with this command, and nobody else was asked.
    const refused = await failureOf(clerk.endorse(args, { transient: true, organizations }));
    expect(refused.details.map(({ mspId }) => mspId)).to.deep.equal(organizations);
    expect(refused.details[0]?.message).to.include('Nothing private is taken');
  });

  it('says which departments have no peer here', async () => {
    const failure = await failureOf(
      clerk.endorse(receive('x', 'V1'), { organizations: ['NoMSP'] }),
    );
    expect(failure).to.include({ code: 14 });
    expect(failure.message).to.contain('NoMSP');
  });

  it('gives each department’s own words when the contract refuses', async () => {
    const failure = await failureOf(clerk.endorse(receive('LEASE0001-20260101-0001', 'V1')));
    expect(failure.code).to.equal(10);
    for (const { message } of failure.details) expect(message).to.contain('NOT_FOUND');
  });

  it('refuses bytes that are no request', async () => {
    const junk = Uint8Array.of(0x0a, 0xff, 0xff);
    const { peer } = door.engine;
    for (const call of [peer.evaluate(junk), peer.endorse(junk), peer.submit(junk)]) {
      expect((await failureOf(call)).code).to.equal(3);
    }
  });
});
