import { BlockList, isIP, isIPv6 } from 'node:net';

/** Converts an IPv4-mapped IPv6 address to the IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** The key under which a client's requests are counted: its address, for IPv6 a subscriber's network (/56, RFC 6177). */
export function networkOf(address: string | undefined): string {
  const known = plain(address ?? '');
  if (!isIPv6(known)) return known;
  const [head = '', tail] = known.split('%', 1).join('').split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const gap = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const whole = [...left, ...gap, ...right].map((group) => group.padStart(4, '0'));
  return `${whole.slice(0, 4).join(':').slice(0, -2)}00::/56`;
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** Checks whether an address is in a list of addresses and networks. */
export function isOneOf(places: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const place of places) {
    const [address = '', bits] = place.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const known = plain(address ?? '');
    return isIP(known) !== 0 && list.check(known, isIPv6(known) ? 'ipv6' : 'ipv4');
  };
}
