/** What Prometheus scrapes while nothing is wrong, in the notation of promtool: two gateways, two peers, two orderers. */
const well: Readonly<Record<string, string>> = {
  ...ofEach('up', 'yici-gateway', '1x300'),
  ...ofEach('up', 'yici-peer', '1x300'),
  ...ofEach('up', 'yici-orderer', '1x300'),
  ...ofEach('yici_peer_height', 'yici-gateway', '100+1x300'),
  ...ofEach('yici_index_block', 'yici-gateway', '99+1x300'),
  ...ofEach('yici_peer_fallback', 'yici-gateway', '0x300'),
  ...ofEach('yici_store_failing', 'yici-gateway', '0x300', 'store="audit"'),
  ...ofEach('yici_disk_bytes', 'yici-gateway', '50x300', 'of="available"'),
  ...ofEach('yici_disk_bytes', 'yici-gateway', '100x300', 'of="size"'),
  ...ofEach('yici_certificate_end_seconds', 'yici-gateway', '8640000x300', 'certificate="peer"'),
  // Something is due when the gateway is first seen, and again later; each time it is done within the four hours.
  ...ofEach('yici_scheduler_due', 'yici-gateway', '1x150 0x5 1x145'),
  ...ofEach('yici_scheduler_on', 'yici-gateway', '1x300'),
  ...ofEach('yici_http_request_seconds_count', 'yici-gateway', '0+60x300', 'status="200"'),
  ...ofEach('yici_http_request_seconds_count', 'yici-gateway', '0+1x300', 'status="503"'),
  ...ofEach('ledger_blockchain_height', 'yici-peer', '100+1x300', 'channel="yici"'),
  ...ofEach('gossip_membership_total_peers_known', 'yici-peer', '3x300'),
  'consensus_BFT_is_leader{job="yici-orderer",instance="a",channel="yici"}': '1x300',
  'consensus_BFT_is_leader{job="yici-orderer",instance="b",channel="yici"}': '0x300',
};

function ofEach(name: string, job: string, values: string, more = ''): Record<string, string> {
  const labels = (instance: string) => [`job="${job}"`, `instance="${instance}"`, more];
  const series = (instance: string) => `${name}{${labels(instance).filter(Boolean).join(',')}}`;
  return Object.fromEntries(['a', 'b'].map((instance) => [series(instance), values]));
}

/** What makes one alert fire and no other: series that are otherwise then, when it must not fire yet, and when it must. */
type Fault = readonly [series: Record<string, string>, notYet: string, fires: string];

const of = 'job="yici-gateway",instance="b"';
export const faults: Readonly<Record<string, Fault>> = {
  YiciGatewayDown: [{ [`up{${of}}`]: '0x300' }, '0m', '2m'],
  YiciPeerSilent: [{ [`yici_peer_height{${of}}`]: '_x300' }, '0m', '2m'],
  YiciIndexBehind: [{ [`yici_index_block{${of}}`]: '90+1x300' }, '0m', '2m'],
  YiciHeightsDiffer: [
    { [`yici_peer_height{${of}}`]: '90+1x300', [`yici_index_block{${of}}`]: '89+1x300' },
    ...(['0m', '2m'] as const),
  ],
  YiciFallback: [{ [`yici_peer_fallback{${of}}`]: '1x300' }, '4m', '6m'],
  YiciStoreFailing: [{ [`yici_store_failing{${of},store="audit"}`]: '0 0 1x300' }, '1m', '2m'],
  YiciDiskLow: [{ [`yici_disk_bytes{${of},of="available"}`]: '19x300' }, '9m', '11m'],
  YiciCertificateEnds: [
    { [`yici_certificate_end_seconds{${of},certificate="peer"}`]: '5180000x300' },
    ...(['59m', '61m'] as const),
  ],
  YiciDueStuck: [{ [`yici_scheduler_due{${of}}`]: '1x300' }, '239m', '241m'],
  YiciServerErrors: [
    { [`yici_http_request_seconds_count{${of},status="503"}`]: '0+4x300' },
    ...(['9m', '13m'] as const),
  ],
  YiciNodeDown: [{ 'up{job="yici-peer",instance="b"}': '0x300' }, '0m', '2m'],
  YiciPeerHeightsDiffer: [
    { 'ledger_blockchain_height{job="yici-peer",instance="b",channel="yici"}': '94+1x300' },
    ...(['0m', '2m'] as const),
  ],
  YiciNoLeader: [
    { 'consensus_BFT_is_leader{job="yici-orderer",instance="a",channel="yici"}': '0x300' },
    ...(['0m', '2m'] as const),
  ],
  YiciPeerAlone: [
    { 'gossip_membership_total_peers_known{job="yici-peer",instance="b"}': '0x300' },
    ...(['4m', '6m'] as const),
  ],
};

/** The file of `promtool test rules`: no alert while all is well, and with each fault its own alert alone, at its time. */
export function alertTests(rules: string): unknown {
  const expr = 'count by (alertname) (ALERTS{alertstate="firing"})';
  const firing = (at: string, alerts: readonly string[]) => ({
    ...{ expr, eval_time: at },
    exp_samples: alerts.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
  });
  const scraped = (otherwise: Readonly<Record<string, string>>) =>
    Object.entries({ ...well, ...otherwise }).map(([series, values]) => ({ series, values }));
  const ofFaults = Object.entries(faults).map(([name, [otherwise, notYet, fires]]) => ({
    ...{ name, interval: '1m', input_series: scraped(otherwise) },
    promql_expr_test: [firing(notYet, []), firing(fires, [name])],
  }));
  const allWell = {
    ...{ name: 'all is well', interval: '1m', input_series: scraped({}) },
    promql_expr_test: ['0m', '1m', '30m', '149m', '250m', '299m'].map((at) => firing(at, [])),
  };
  return { rule_files: [rules], evaluation_interval: '1m', tests: [allWell, ...ofFaults] };
}
