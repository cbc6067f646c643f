import { isIP } from 'node:net';
import { z } from 'zod';

const count = (most: number) => z.coerce.number().int().min(0).default(most);

/** An address, or a network as `10.0.0.0/8`. */
const place = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const isNetwork = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= most);
  return isIP(address) !== 0 && isNetwork && rest.length === 0;
}, 'must be an IP address, or one with the bits of its network');

/** What a client may use up, and who counts as one; 0 is no limit where a number may be 0. Each default stands here alone. */
export const limitsSchema = z.strictObject({
  /** Longest body in JSON, in bytes. */
  bodyBytes: z
    .number()
    .int()
    .min(1024)
    .default(256 * 1024),
  /** Requests in a minute of one who has logged in, wherever from. */
  requestsPerMinute: count(12_000),
  /** Requests in a minute of an address, of all there who have not logged in. */
  anonymousPerMinute: count(1_200),
  /** Requests in a minute that log in with one certificate from one address; a login takes two. */
  loginsPerMinute: count(300),
  /** Event streams that one caller has open at a time, and all together. */
  streamsPerCaller: count(20),
  streams: count(5_000),
  /** Between two signs of life on an event stream; a reader that takes nothing for eight of them is cut off. */
  heartbeatSeconds: z.int().min(1).max(60).default(15),
  /** Documents that one caller brings in at a time, and all together. */
  uploadsPerCaller: count(20),
  uploads: count(500),
  /** Bytes of bodies that one caller has announced and not sent yet, and all together. */
  pendingBytesPerCaller: count(16 * 1024 * 1024),
  pendingBytes: count(128 * 1024 * 1024),
  /** How long the headers of a request may take, and a body in JSON. Documents have five minutes. */
  headerSeconds: z.number().min(1).max(300).default(15),
  bodySeconds: z.number().min(1).max(300).default(30),
  /** Open connections, and how many of them an address may have that never sent a whole request. */
  connections: count(10_000),
  halfOpenPerAddress: count(2_048),
  /** Reverse proxies whose X-Forwarded-For is believed; nobody's unless named. */
  trustedProxies: z.array(place).default([]),
  /** Who may read `/metrics`. */
  metricsFrom: z.array(place).default(['127.0.0.0/8', '::1']),
});
export type HttpLimits = z.input<typeof limitsSchema>;
export type Limits = z.output<typeof limitsSchema>;
