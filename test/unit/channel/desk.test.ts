import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { changeId, type ChangeFile } from '@yici/ledger';
import { ChangeDesk, GatewayError } from '@yici/gateway/testing';
import { planChange, proposeChange, readUser, withSignature } from '@yici/network/testing';
import { expect } from 'chai';
import { change, makeCity, type City } from './support.js';

describe('changes of the channel that wait at a gateway', () => {
  const day = 86_400_000;
  let city: City;
  let now = Date.parse('2026-03-02T01:00:00Z');
  let config: City['config'];
  const folder = () => join(city.directory, 'channel-changes');
  const open = () => new ChangeDesk(folder(), { config: () => config, now: () => new Date(now) });

  before(() => {
    city = makeCity();
    ({ config } = city);
  });
  after(() => {
    city.remove();
  });

  const signed = (setting: string): ChangeFile => {
    const proposed = proposeChange(city.config, change('set', { settings: [setting] }));
    return withSignature(proposed, readUser(city.topology, city.directory, 'east.admin'));
  };

  it('are kept when what is done is swept, also with further signatures and after a restart', () => {
    const desk = open();
    const brought = signed('batch.timeout=100ms');
    desk.put(brought);
    const west = readUser(city.topology, city.directory, 'west.admin');
    desk.put(withSignature(brought, west));
    for (const each of [desk, open()]) {
      each.sweep();
      expect(each.find(changeId(brought)).signed).to.have.length(2);
      expect(readdirSync(folder())).to.deep.equal([`${changeId(brought)}.json`]);
    }
  });

  it('are submitted there when all have signed, but for those that touch the orderers', () => {
    const desk = open();
    const refusal = (name: string, arguments_: Parameters<typeof change>[1]) => {
      const proposed = proposeChange(city.config, change(name, arguments_));
      const admins = ['north', 'east', 'west'].map((id) =>
        readUser(city.topology, city.directory, `${id}.admin`),
      );
      desk.put(admins.reduce<ChangeFile>(withSignature, proposed));
      return () => desk.signed(changeId(proposed));
    };
    const moved = { mspId: 'EASTMSP', address: 'east.example:7055' };
    expect(refusal('consenter-address', moved))
      .to.throw(GatewayError)
      .with.property('code', 'CHANNEL_CHANGE_NEEDS_OPERATOR');
    const { next } = refusal('set', { settings: ['batch.timeout=400ms'] })();
    expect(next.sequence).to.equal(city.config.sequence + 1n);
  });

  it('are swept when thirty days have passed, and when the channel has left them behind', () => {
    const desk = open();
    const other = signed('batch.timeout=200ms');
    now += day;
    desk.put(other);
    now += 29 * day;
    desk.sweep();
    expect(desk.list().map(({ id }) => id)).to.deep.equal([changeId(other)]);
    config = planChange(config, signed('batch.timeout=300ms')).next;
    expect(desk.list()).to.deep.equal([]);
    desk.sweep();
    expect(readdirSync(folder())).to.deep.equal([]);
  });
});
