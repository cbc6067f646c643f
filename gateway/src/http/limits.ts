import { isIP } from 'node:net';
import { z } from 'zod';

const count = (most: number) => z.coerce.number().int().min(0).default(most);

const placeWords = {
  zh: '须为 IP 地址，或者写作 10.0.0.0/8 的网段',
  en: 'must be an IP address, or one with the bits of its network',
};
const notPlace = { message: placeWords.en, params: { words: placeWords } };

/** An address, or a network as `10.0.0.0/8`. */
const place = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const isNetwork = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= most);
  return isIP(address) !== 0 && isNetwork && rest.length === 0;
}, notPlace);

/** Limits for clients, with their defaults; 0 means no limit, where it is permitted. */
export const limitsSchema = z.strictObject({
  /** Maximum size of a JSON body, in bytes. */
  bodyBytes: z
    .number()
    .int()
    .min(1024)
    .default(256 * 1024),
  /** Requests per minute of an authenticated caller, from all addresses. */
  requestsPerMinute: count(12_000),
  /** Unauthenticated requests per minute of an address. */
  anonymousPerMinute: count(1_200),
  /** Login requests per minute of a certificate and address; a login takes two. */
  loginsPerMinute: count(300),
  /** Requests for certificates per minute of an address. */
  enrolmentsPerMinute: count(10),
  streamsPerCaller: count(20),
  streams: count(5_000),
  /** Interval of heartbeats on an event stream; a reader that reads nothing during eight of them is disconnected. */
  heartbeatSeconds: z.int().min(1).max(60).default(15),
  uploadsPerCaller: count(20),
  uploads: count(500),
  /** Announced bytes of incomplete JSON bodies per caller, and in total. */
  pendingBytesPerCaller: count(16 * 1024 * 1024),
  pendingBytes: count(128 * 1024 * 1024),
  /** Time limits for the headers of a request and for a JSON body. Documents have five minutes. */
  headerSeconds: z.number().min(1).max(300).default(15),
  bodySeconds: z.number().min(1).max(300).default(30),
  /** Open connections, and those per address that have not sent a complete request yet. */
  connections: count(10_000),
  halfOpenPerAddress: count(2_048),
  /** Reverse proxies whose X-Forwarded-For is trusted. */
  trustedProxies: z.array(place).default([]),
  /** Addresses that may read `/metrics`. */
  metricsFrom: z.array(place).default(['127.0.0.0/8', '::1']),
});
export type HttpLimits = z.input<typeof limitsSchema>;
export type Limits = z.output<typeof limitsSchema>;
