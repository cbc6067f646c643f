import { GatewayError, type Contract } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import {
  approveArgs,
  commitArgs,
  readinessArgs,
  type TestDefinition,
} from '../../support/peer/definition.js';
import { Lab, labPackage } from '../../support/peer/lab.js';
import { labDepartments, mspOf } from '../../support/peer/lab-topology.js';
import { rejection, text } from '../../support/peer/rejection.js';

const { lifecycle } = peer;

describe('agreeing on a chaincode at the embedded peer', function () {
  this.timeout(60_000);
  let lab: Lab;

  const approve = (department: (typeof labDepartments)[number], definition: TestDefinition) =>
    lab.lifecycle(department).submit('ApproveChaincodeDefinitionForMyOrg', {
      arguments: [approveArgs(definition, labPackage)],
      endorsingOrganizations: [mspOf[department]],
    });
  const commit = (definition: TestDefinition, among = labDepartments.map((one) => mspOf[one])) =>
    lab.lifecycle('archive').submit('CommitChaincodeDefinition', {
      arguments: [commitArgs(definition)],
      endorsingOrganizations: among,
    });
  const approvals = async (definition: TestDefinition): Promise<Record<string, boolean>> => {
    const bytes = await lab.lifecycle('budget').evaluate('CheckCommitReadiness', {
      arguments: [readinessArgs(definition)],
    });
    const result = lifecycle.CheckCommitReadinessResult.deserializeBinary(bytes);
    const found: Record<string, boolean> = {};
    result.getApprovalsMap().forEach((approved, mspId) => {
      found[mspId] = approved;
    });
    return found;
  };
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error = await rejection(work, GatewayError);
    return error.details.map(({ message }) => message).join('\n');
  };

  before(async () => {
    lab = await Lab.open();
  });

  after(async () => {
    await lab.close();
  });

  it('shows who has approved, department by department', async () => {
    const definition = { name: 'lab', sequence: 1 };
    await approve('archive', definition);
    expect(await approvals(definition)).to.deep.equal({
      ArchiveMSP: true,
      BudgetMSP: false,
      CadastreMSP: false,
    });
    expect(await approvals({ ...definition, version: '9.9' })).to.deep.equal({
      ArchiveMSP: false,
      BudgetMSP: false,
      CadastreMSP: false,
    });
  });

  it('does not let a department commit what it has not approved', async () => {
    expect(
      await refusal(commit({ name: 'lab', sequence: 1 }, [mspOf.archive, mspOf.budget])),
    ).to.match(/chaincode definition not agreed to by this org \(BudgetMSP\)/);
  });

  it('runs a chaincode only at departments that have approved it', async () => {
    const definition = { name: 'lab', sequence: 1 };
    await approve('budget', definition);
    await commit(definition, [mspOf.archive, mspOf.budget]);
    const late = lab.client('cadastre').contract('lab');
    // Its own peer cannot, so another one's answers.
    expect(text(await late.evaluateTransaction('creator'))).to.equal(mspOf.cadastre);
    expect(
      await refusal(late.evaluate('creator', { endorsingOrganizations: [mspOf.cadastre] })),
    ).to.equal('');
    await approve('cadastre', definition);
    await late.evaluate('creator', { endorsingOrganizations: [mspOf.cadastre] });
  });

  it('refuses to approve the same again, and other sequences than the next', async () => {
    expect(await refusal(approve('archive', { name: 'lab', sequence: 1 }))).to.match(
      /attempted to redefine the current committed sequence \(1\) for namespace lab/,
    );
    expect(await refusal(approve('archive', { name: 'lab', sequence: 3 }))).to.match(
      /requested sequence 3 is larger than the next available sequence number 2/,
    );
    expect(await refusal(commit({ name: 'lab', sequence: 3 }))).to.match(
      /requested sequence is 3, but new definition must be sequence 2/,
    );
    expect(await refusal(approve('archive', { name: 'lab', sequence: 1, version: '2' }))).to.match(
      /with different parameters/,
    );
  });

  it('refuses names, versions and collections that Fabric refuses', async () => {
    const members = `OR('${mspOf.archive}.member')`;
    const refused: [TestDefinition, RegExp][] = [
      [{ name: 'no spaces', sequence: 1 }, /invalid chaincode name 'no spaces'/],
      [{ name: 'qscc', sequence: 1 }, /is the name of a system chaincode/],
      [{ name: 'new', sequence: 1, version: 'ä' }, /invalid chaincode version/],
      [
        { name: 'new', sequence: 1, collections: [{ name: '_own', members }] },
        /invalid collection name '_own'/,
      ],
      [
        {
          name: 'new',
          sequence: 1,
          collections: [
            { name: 'same', members },
            { name: 'same', members },
          ],
        },
        /found duplicate in collection configuration/,
      ],
      [
        {
          name: 'new',
          sequence: 1,
          collections: [{ name: 'c', members: "OR('NobodyMSP.member')" }],
        },
        /collection member 'NobodyMSP' is not part of the channel/,
      ],
      [
        {
          name: 'new',
          sequence: 1,
          collections: [
            { name: 'c', members: `AND('${mspOf.archive}.member','${mspOf.budget}.member')` },
          ],
        },
        /signature policy is not an OR concatenation/,
      ],
    ];
    for (const [definition, expected] of refused) {
      expect(await refusal(approve('archive', definition))).to.match(expected);
    }
  });

  it('is for administrators of the peer’s own department', async () => {
    const definition = approveArgs({ name: 'lab', sequence: 2 }, labPackage);
    const asked = (contract: Contract) =>
      refusal(
        contract.submit('ApproveChaincodeDefinitionForMyOrg', {
          arguments: [definition],
          endorsingOrganizations: [mspOf.archive],
        }),
      );
    const clerk = lab.client('archive', 'archive.clerk1').contract('_lifecycle');
    expect(await asked(clerk)).to.match(/failed ACL check: .*policy \[Admins\]/);
    const neighbour = lab.client('archive', 'budget.admin').contract('_lifecycle');
    expect(await asked(neighbour)).to.match(/failed ACL check: .*BudgetMSP/);
  });

  it('asks that a chaincode be initialised, once, when the definition says so', async () => {
    await lab.deploy({ name: 'fresh', sequence: 1, initRequired: true });
    const contract = lab.client().contract('fresh');
    expect(await refusal(contract.evaluateTransaction('creator'))).to.match(
      /chaincode 'fresh' has not been initialized for this version, must call as init first/,
    );
  });

  it('answers what is committed and what a department approved', async () => {
    const committed = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(
      await lab.lifecycle('cadastre').evaluate('QueryChaincodeDefinition', {
        arguments: [nameArgs('lab')],
      }),
    );
    expect(committed.getSequence()).to.equal(1);
    expect(committed.getVersion()).to.equal('1.0');
    expect(committed.getApprovalsMap().get(mspOf.cadastre)).to.equal(true);
    const all = lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(
      await lab.lifecycle('cadastre').evaluate('QueryChaincodeDefinitions', {
        arguments: [new lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary()],
      }),
    );
    expect(all.getChaincodeDefinitionsList().map((one) => one.getName())).to.deep.equal([
      'fresh',
      'lab',
    ]);
    const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs();
    args.setName('lab');
    const approved = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(
      await lab.lifecycle('budget').evaluate('QueryApprovedChaincodeDefinition', {
        arguments: [args.serializeBinary()],
      }),
    );
    expect(approved.getSource()?.getLocalPackage()?.getPackageId()).to.equal(labPackage);
    const missing = lab.lifecycle('cadastre').evaluate('QueryChaincodeDefinition', {
      arguments: [nameArgs('nothing')],
    });
    expect(await refusal(missing)).to.equal(
      'chaincode response 404, namespace nothing is not defined',
    );
  });

  it('redefines a chaincode with a stricter policy, which binds from the next block on', async () => {
    const everyone = `AND('${mspOf.archive}.peer','${mspOf.budget}.peer','${mspOf.cadastre}.peer')`;
    await lab.deploy({ name: 'lab', sequence: 2, policy: everyone });
    const contract = lab.client().contract('lab');
    const two = contract.newProposal('put', {
      arguments: ['k', 'v'],
      endorsingOrganizations: [mspOf.archive, mspOf.budget],
    });
    const status = await (await (await two.endorse()).submit()).getStatus();
    expect(status.code).to.equal(peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
    await contract.submitTransaction('put', 'k', 'v');
  });
});

function nameArgs(name: string): Uint8Array {
  const args = new lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(name);
  return args.serializeBinary();
}
