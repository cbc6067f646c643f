import { join } from 'node:path';
import { parseProposal } from '@yici/ledger';
import { expect } from 'chai';
import { standOn } from '../../support/domain/embedded-stand.js';
import { filesWith } from '../../support/domain/search.js';
import {
  delivery,
  leaksIn,
  tellsDelivery,
  tellsPurge,
  tellsRequest,
  tellsUse,
  valuesPath,
} from '../../support/domain/sharing.js';
import { seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('data sharing over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  const stand = () => standOn(world);

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  describe('asked for and granted', () => {
    tellsRequest(stand);
  });

  describe('on its way', () => {
    it('keeps the private part in memory until it is endorsed, and nowhere else', async () => {
      const proposed = await world.api.post('establishment.service1', delivery.path, delivery.body);
      expect(proposed.status).to.equal(202);
      expect(leaksIn(Buffer.from(JSON.stringify(proposed.at('input'))))).to.equal(false);
      const { transient } = parseProposal(proposed.toSign);
      expect([...transient.keys()]).to.deep.equal(['private']);
      expect(filesWith(world.directory, leaksIn)).to.deep.equal([]);
      await world.gateway.close();
      await world.reopen();
      const after = await world.api.get(
        'establishment.service1',
        `/v1/transactions/${proposed.id}`,
      );
      expect(after.at('state'), 'a gateway that stopped has lost it').to.equal('expired');
      expect(after.at('retry')).to.equal(undefined);
      const retry = await world.api.post(
        'establishment.service1',
        `/v1/transactions/${proposed.id}/retry`,
        {},
      );
      expect(retry.at('code')).to.equal('TRANSACTION_STATE');
    });
  });

  describe('delivered', () => {
    tellsDelivery(stand);
  });

  describe('held', () => {
    it('has a gateway without that department’s peer neither take nor give values', async () => {
      const alone = await world.another('alone', {}, undefined, new Map());
      try {
        const api = await world.apiOn(alone);
        await alone.caughtUp();
        const held = await api.get('offices.head1', valuesPath);
        expect([held.status, held.at('code')]).to.deep.equal([403, 'PRIVATE_VALUES_ELSEWHERE']);
        const given = await api.post('establishment.service1', delivery.path, delivery.body);
        expect(given.at('code')).to.equal('PRIVATE_VALUES_ELSEWHERE');
      } finally {
        await alone.close();
      }
    });

    it('shows the values in no block, no log, no index, and to no third department’s peer', async () => {
      expect(leaksIn(Buffer.from(world.log()))).to.equal(false);
      expect(filesWith(join(world.directory, 'gateway'), leaksIn)).to.deep.equal([]);
      for (const mspId of ['SupervisionMSP', 'DataMSP']) {
        const blocks = await world.privateBlocks(mspId);
        expect(blocks.length).to.be.greaterThan(20);
        expect(blocks.some(leaksIn), mspId).to.equal(false);
      }
      const own = await world.privateBlocks('OfficesMSP');
      expect(own.some(leaksIn), 'the search finds them where they are').to.equal(true);
    });
  });

  describe('used', () => {
    tellsUse(stand);
  });

  describe('ended', () => {
    tellsPurge(stand);

    it('leaves no value in what the peers of the two send', async () => {
      for (const mspId of ['OfficesMSP', 'EstablishmentMSP']) {
        expect((await world.privateBlocks(mspId)).some(leaksIn), mspId).to.equal(false);
      }
    });
  });
});
