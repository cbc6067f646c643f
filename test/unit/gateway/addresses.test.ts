import { isOneOf, networkOf } from '@yici/gateway/testing';
import { expect } from 'chai';

describe('addresses', () => {
  it('are counted one by one, those of IPv6 by the network of one subscriber', () => {
    for (const [address, network] of [
      ['192.0.2.7', '192.0.2.7'],
      ['::ffff:192.0.2.7', '192.0.2.7'],
      ['2001:db8:abcd:1234:5678::9', '2001:0db8:abcd:1200::/56'],
      ['2001:db8:abcd:12ff::1', '2001:0db8:abcd:1200::/56'],
      ['2001:db8:abcd:1300::1', '2001:0db8:abcd:1300::/56'],
      ['::1', '0000:0000:0000:0000::/56'],
      ['fe80::1%eth0', 'fe80:0000:0000:0000::/56'],
    ] as const) {
      expect(networkOf(address), address).to.equal(network);
    }
    expect(networkOf(undefined)).to.equal('');
  });

  it('are looked for among addresses and networks', () => {
    const isNamed = isOneOf(['127.0.0.0/8', '::1', '2001:db8::/32']);
    const named = ['127.3.4.5', '::ffff:127.0.0.1', '::1', '2001:db8:1::1'];
    const others = ['10.0.0.1', '2001:db9::1', 'nowhere', undefined];
    expect(named.map(isNamed)).to.deep.equal([true, true, true, true]);
    expect(others.map(isNamed)).to.deep.equal([false, false, false, false]);
  });
});
