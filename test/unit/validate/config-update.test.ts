import { expect } from 'chai';
import {
  channelConfigFrom,
  computeUpdate,
  CONFIG_KEY,
  encodeConfigUpdate,
  encodeConfigUpdateEnvelope,
  encodeSignatureHeader,
  headerType,
  LedgerError,
  proposeConfigUpdate,
  validateBlock,
  WireWriter,
  type ChannelConfig,
  encodeMspConfig,
  type ConfigGroup,
} from '@yici/ledger';
import {
  applyConfigEnvelope,
  authorizeUpdate,
  decodeConfigEnvelope,
  decodeConfigUpdateEnvelope,
  encodeConfigEnvelope,
  configSignatureMessage,
} from '@yici/ledger/testing';
import {
  CHANNEL,
  editGroup,
  meta,
  organization,
  value,
  withValue,
} from '../../support/ledger/channel.js';
import { codes, createLab, stateWith, type Lab } from '../../support/ledger/lab.js';
import { createOrganization, type Person } from '../../support/ledger/organization.js';
import { block, configEnvelope, rawEnvelope } from '../../support/ledger/transaction.js';

describe('a config update', () => {
  let lab: Lab;
  let admins: readonly Person[];

  before(async () => {
    lab = await createLab();
    admins = [lab.hrss.admin, lab.finance.admin];
  });

  /** `common.ConfigUpdateEnvelope` bytes for an edit of the tree, signed by these people. */
  const signed = (
    config: ChannelConfig,
    edit: (tree: ConfigGroup) => ConfigGroup,
    signers: readonly Person[],
    channel = CHANNEL,
  ): Uint8Array => {
    const update = computeUpdate(config.tree, edit(config.tree), channel)!;
    return signUpdate(encodeConfigUpdate(update), signers);
  };

  const signUpdate = (configUpdate: Uint8Array, signers: readonly Person[]): Uint8Array =>
    encodeConfigUpdateEnvelope({
      configUpdate,
      signatures: signers.map((signer) => {
        const creator = signer.identity;
        const signatureHeader = encodeSignatureHeader({ creator, nonce: Buffer.alloc(24, 5) });
        const message = configSignatureMessage(signatureHeader, configUpdate);
        return { signatureHeader, signature: signer.sign(message) };
      }),
    });

  const updateEnvelope = (data: Uint8Array): Uint8Array =>
    rawEnvelope({ creator: lab.hrss.admin, type: headerType.configUpdate, data });

  const apply = (config: ChannelConfig, envelope: Uint8Array): ChannelConfig =>
    channelConfigFrom(authorizeUpdate(config, envelope), CHANNEL);

  const refusal = (run: () => unknown): LedgerError => {
    try {
      run();
    } catch (error) {
      if (error instanceof LedgerError) return error;
      throw error;
    }
    throw new TypeError('expected a LedgerError');
  };

  const timeout =
    (text: string) =>
    (tree: ConfigGroup): ConfigGroup =>
      editGroup(tree, ['Orderer'], (inner) =>
        withValue(inner, 'BatchTimeout', value(new WireWriter().string(1, text).finish())),
      );

  const endorsement = (tree: ConfigGroup): ConfigGroup =>
    editGroup(tree, ['Application'], (inner) => ({
      ...inner,
      policies: new Map([...inner.policies, ['Endorsement', meta('all', 'Endorsement')]]),
    }));

  it('changes a value when the administrators of its group agree', async () => {
    const admin = await lab.ordererOrganization.issue('admin', 'admin');
    const next = apply(lab.config, signed(lab.config, timeout('5s'), [admin]));
    expect(next.sequence).to.equal(1n);
    expect(next.orderer?.batch.timeoutMs).to.equal(5000);
    expect(next.tree.groups.get('Orderer')?.values.get('BatchTimeout')?.version).to.equal(1n);
  });

  it('is refused when administrators of other groups sign, clients sign or too few sign', () => {
    const bySomebody = (...signers: readonly Person[]): string =>
      refusal(() => authorizeUpdate(lab.config, signed(lab.config, endorsement, signers))).code;
    expect(bySomebody()).to.equal('CONFIG_UPDATE_REFUSED');
    expect(bySomebody(lab.hrss.admin)).to.equal('CONFIG_UPDATE_REFUSED');
    expect(bySomebody(lab.hrss.admin, lab.hrss.admin)).to.equal('CONFIG_UPDATE_REFUSED');
    expect(bySomebody(lab.hrss.client, lab.finance.client)).to.equal('CONFIG_UPDATE_REFUSED');
    const error = refusal(() =>
      authorizeUpdate(lab.config, signed(lab.config, timeout('5s'), admins)),
    );
    expect(error.message).to.match(/BatchTimeout may not be changed/);
  });

  it('is refused when a signature is over something else', () => {
    const good = signed(lab.config, endorsement, admins);
    expect(apply(lab.config, good).sequence).to.equal(1n);
    const other = computeUpdate(lab.config.tree, timeout('9s')(lab.config.tree), CHANNEL)!;
    const stolen = Buffer.from(good);
    const configUpdate = encodeConfigUpdate(other);
    const forged = new WireWriter()
      .bytes(1, configUpdate)
      .repeated(2, signaturesOf(stolen))
      .finish();
    expect(refusal(() => authorizeUpdate(lab.config, forged)).code).to.equal(
      'CONFIG_UPDATE_REFUSED',
    );
  });

  it('adds an organisation, which then signs and is asked', async () => {
    const newcomer = await createOrganization('OfficesMSP');
    const next = apply(
      lab.config,
      signed(
        lab.config,
        (tree) =>
          editGroup(tree, ['Application'], (inner) => ({
            ...inner,
            groups: new Map([...inner.groups, ['OfficesMSP', organization(newcomer.definition)]]),
          })),
        admins,
      ),
    );
    expect(next.msps.has('OfficesMSP')).to.equal(true);
    expect(next.policy('/Channel/Application/Endorsement')?.text).to.equal(
      'MAJORITY of 4 Endorsement policies',
    );
    // A majority of four is three: the two who sufficed before no longer do.
    const again = signed(next, endorsement, admins);
    expect(refusal(() => authorizeUpdate(next, again)).code).to.equal('CONFIG_UPDATE_REFUSED');
    const three = signed(next, endorsement, [...admins, lab.data.admin]);
    expect(apply(next, three).sequence).to.equal(2n);
  });

  it('takes an organisation out', () => {
    const next = apply(
      lab.config,
      signed(
        lab.config,
        (tree) =>
          editGroup(tree, ['Application'], (inner) => {
            const groups = new Map(inner.groups);
            groups.delete('DataBureauMSP');
            return { ...inner, groups };
          }),
        admins,
      ),
    );
    expect(next.application?.organizations).to.have.length(2);
    expect(next.msps.has('DataBureauMSP')).to.equal(false);
  });

  it('puts a revocation list into the MSP of the organisation that signs for itself', async () => {
    const { organization: hrss, client, admin } = lab.hrss;
    const revocationList = [await hrss.revoke(client)];
    const next = apply(
      lab.config,
      signed(
        lab.config,
        (tree) =>
          editGroup(tree, ['Application', 'HrssMSP'], (inner) =>
            withValue(inner, 'MSP', value(encodeMspConfig({ ...hrss.definition, revocationList }))),
          ),
        [admin],
      ),
    );
    expect(next.msps.get('HrssMSP')?.check(client.identity).valid).to.equal(false);
    expect(next.msps.get('HrssMSP')?.check(admin.identity).valid).to.equal(true);
    expect(lab.config.msps.get('HrssMSP')?.check(client.identity).valid).to.equal(true);
  });

  it('is refused for another channel, without a change, and when it is stale', () => {
    const foreign = signed(lab.config, endorsement, admins, 'county');
    expect(refusal(() => authorizeUpdate(lab.config, foreign)).message).to.match(/for county/);
    const first = signed(lab.config, endorsement, admins);
    const next = apply(lab.config, first);
    expect(refusal(() => authorizeUpdate(next, first)).code).to.equal('CONFIG_UPDATE_REFUSED');
    const nothing = signUpdate(
      encodeConfigUpdate({ channelId: CHANNEL, readSet: BARE, writeSet: BARE }),
      admins,
    );
    expect(refusal(() => authorizeUpdate(lab.config, nothing)).message).to.match(/changes nothing/);
  });

  it('is refused when it jumps a version', () => {
    const update = computeUpdate(lab.config.tree, endorsement(lab.config.tree), CHANNEL)!;
    const jumped = editGroup(update.writeSet, ['Application'], (inner) => ({
      ...inner,
      policies: new Map(
        [...inner.policies].map(([name, item]) => [name, { ...item, version: 2n }]),
      ),
    }));
    const envelope = signUpdate(encodeConfigUpdate({ ...update, writeSet: jumped }), admins);
    expect(refusal(() => authorizeUpdate(lab.config, envelope)).message).to.match(
      /version 2, not 1/,
    );
  });

  it('may not change the MSP id of an organisation, however well it is signed', () => {
    const { organization: hrss, admin } = lab.hrss;
    const renamed = encodeMspConfig({ ...hrss.definition, mspId: 'OtherMSP' });
    const data = signed(
      lab.config,
      (tree) =>
        editGroup(tree, ['Application', 'HrssMSP'], (inner) =>
          withValue(inner, 'MSP', value(renamed)),
        ),
      [admin],
    );
    const error = refusal(() => proposeConfigUpdate(lab.config, updateEnvelope(data)));
    expect(error.message).to.match(/may not change its MSP id/);
  });

  it('becomes a config transaction that every peer takes up alike', async () => {
    const envelope = updateEnvelope(signed(lab.config, endorsement, admins));
    const proposed = proposeConfigUpdate(lab.config, envelope);
    const state = stateWith();
    const verdict = await validateBlock(block(7n, configEnvelope(lab.orderer, proposed)), {
      config: lab.config,
      state,
    });
    expect(codes(verdict)).to.deep.equal(['VALID']);
    expect(verdict.config?.sequence).to.equal(1n);
    const [update] = verdict.updates.writes;
    expect(update).to.include({ namespace: '', key: CONFIG_KEY });
    expect(Buffer.from(update?.next?.value ?? []).equals(proposed)).to.equal(true);
  });

  it('stops the channel, as it stops Fabric’s peers, when the config beside it is another', async () => {
    const envelope = updateEnvelope(signed(lab.config, endorsement, admins));
    const proposed = decodeConfigEnvelope(proposeConfigUpdate(lab.config, envelope));
    const other = channelConfigFrom(proposed.config, CHANNEL);
    const smuggled = authorizeUpdate(
      lab.config,
      signed(lab.config, (tree) => endorsement(withoutData(tree)), [...admins, lab.data.admin]),
    );
    for (const data of [
      encodeConfigEnvelope({ ...proposed, config: smuggled }),
      encodeConfigEnvelope({ ...proposed, lastUpdate: undefined }),
      encodeConfigEnvelope({ ...proposed, config: lab.config.bytes }),
    ]) {
      expect(() => applyConfigEnvelope(lab.config, data)).to.throw(LedgerError);
      const verdict = await validateBlock(block(7n, configEnvelope(lab.orderer, data)), {
        config: lab.config,
        state: stateWith(),
      });
      expect(codes(verdict)).to.deep.equal(['INVALID_CONFIG_TRANSACTION']);
      expect(verdict.halt?.position).to.equal(0);
      expect(verdict.config).to.equal(undefined);
    }
    expect(other.sequence).to.equal(1n);
  });

  it('is taken at its word in block 0 alone', async () => {
    const data = encodeConfigEnvelope({ config: lab.config.bytes, lastUpdate: undefined });
    const genesis = block(0n, configEnvelope(lab.orderer, data));
    const verdict = await validateBlock(genesis, { config: lab.config, state: stateWith() });
    expect(codes(verdict)).to.deep.equal(['VALID']);
    expect(verdict.config?.sequence).to.equal(0n);
    expect(verdict.updates.writes[0]?.next?.version).to.deep.equal({ block: 0n, tx: 0 });
  });
});

const BARE: ConfigGroup = {
  version: 0n,
  modPolicy: '',
  groups: new Map(),
  values: new Map(),
  policies: new Map(),
};

function withoutData(tree: ConfigGroup): ConfigGroup {
  return editGroup(tree, ['Application'], (inner) => {
    const groups = new Map(inner.groups);
    groups.delete('DataBureauMSP');
    return { ...inner, groups };
  });
}

/** The signatures of `common.ConfigUpdateEnvelope` bytes. */
function signaturesOf(envelope: Uint8Array): Uint8Array[] {
  return decodeConfigUpdateEnvelope(envelope).signatures.map(({ signatureHeader, signature }) =>
    new WireWriter().bytes(1, signatureHeader).bytes(2, signature).finish(),
  );
}
