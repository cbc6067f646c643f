import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import {
  lookAtNode,
  metric,
  parseMetrics,
  problemsOf,
  readMetrics,
  type NodeFacts,
} from '@yici/network/testing';
import { expect } from 'chai';

/** As an orderer of Fabric 3.1.5 prints it. */
const text = `# HELP consensus_BFT_is_leader Is it the leader
# TYPE consensus_BFT_is_leader gauge
consensus_BFT_is_leader{channel="city"} 1
consensus_BFT_is_leader{channel="county"} 0
consensus_BFT_committed_block_number{channel="city"} 1.2e+03
go_goroutines 57
grpc_server_unary_request_duration_bucket{code="OK",method="Say \\"hi\\"",le="+Inf"} 3
process_start_time_seconds 1.79e+09
`;

describe("a node's metrics", () => {
  const metrics = parseMetrics(text);

  it('are found by name and labels', () => {
    expect(metric(metrics, 'consensus_BFT_is_leader', { channel: 'city' })).to.equal(1);
    expect(metric(metrics, 'consensus_BFT_is_leader', { channel: 'county' })).to.equal(0);
    expect(metric(metrics, 'consensus_BFT_committed_block_number', { channel: 'city' })).to.equal(
      1200,
    );
    expect(metric(metrics, 'go_goroutines')).to.equal(57);
  });

  it('are absent where the node has none, or does not answer', () => {
    expect(metric(metrics, 'consensus_BFT_is_leader', { channel: 'village' })).to.equal(undefined);
    expect(metric(metrics, 'ledger_blockchain_height')).to.equal(undefined);
    expect(metric(undefined, 'go_goroutines')).to.equal(undefined);
  });

  it('are absent where the node falls silent in the middle of its answer', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text.slice(0, 40)}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      expect(await readMetrics(`127.0.0.1:${port}`)).to.equal(undefined);
    } finally {
      server.close();
    }
  }).timeout(10_000);
});

describe('how a node is', () => {
  /** A node's operations endpoint that answers as told; connections are taken in any case. */
  const looked = async (answer: (path: string) => string | undefined) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request) => {
        const path = String(request).split(' ')[1] ?? '';
        const body = answer(path);
        if (body !== undefined) socket.end(body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const start = performance.now();
    try {
      const { state } = await lookAtNode(`127.0.0.1:${port}`);
      return { state, seconds: (performance.now() - start) / 1000, port };
    } finally {
      server.close();
    }
  };
  const http = (status: string, body = '') =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

  it('is up when it is healthy and has metrics, unwell when it says so, down when nobody listens', async () => {
    const well = await looked((path) => http('200 OK', path === '/metrics' ? text : ''));
    expect(well.state).to.equal('up');
    const ill = await looked((path) =>
      path === '/metrics' ? http('200 OK', text) : http('503 Service Unavailable'),
    );
    expect(ill.state).to.equal('unwell');
    expect((await lookAtNode(`127.0.0.1:${ill.port}`)).state).to.equal('down');
  });

  it('hangs when it takes connections and answers nothing, which is known within five seconds', async () => {
    const { state, seconds } = await looked(() => undefined);
    expect(state).to.equal('hangs');
    expect(seconds).to.be.lessThan(5);
  }).timeout(10_000);

  const day = 86_400_000;
  const now = new Date();
  const cases: readonly [string, Partial<NodeFacts>, readonly string[]][] = [
    ['nothing where all is well', { height: 9, joined: true, approved: 'p:1', made: 'p:1' }, []],
    ['nothing of what is not known', {}, []],
    ['that it lags', { height: 8, joined: true }, ['lags']],
    ['that it is not in the channel', { joined: false }, ['notInChannel']],
    [
      'that an orderer follows and does not consent',
      { kind: 'orderer', participation: { consensusRelation: 'follower', status: 'active' } },
      ['notConsenting'],
    ],
    [
      'that a consenter is not active',
      { kind: 'orderer', participation: { consensusRelation: 'consenter', status: 'onboarding' } },
      ['notConsenting'],
    ],
    ['that a consenter signs nothing', { kind: 'orderer', silent: true }, ['silent']],
    ['nothing of a consenter that signs', { kind: 'orderer', silent: false }, []],
    ['that its department has not approved', { height: 9, approved: '' }, ['notApproved']],
    [
      'that its code is not what was approved',
      { height: 9, approved: 'p:1', made: 'p:2' },
      ['otherCode'],
    ],
    ['that its chaincode does not answer it', { height: 9, answered: false }, ['unanswered']],
    ['that it runs a Fabric that was not tried', { version: '2.5.16' }, ['otherFabric']],
    ['nothing of a Fabric that serves beside this one', { version: '3.1.4' }, []],
    [
      'that a certificate ends, also of one that is down',
      { state: 'down', ends: new Date(now.getTime() + 59 * day) },
      ['certificateEnds'],
    ],
    [
      'that one has ended, and not that it will',
      { ends: new Date(now.getTime() - 1) },
      ['certificateEnded'],
    ],
    [
      'that a gateway reads from another department’s peer',
      { kind: 'gateway', standIn: true },
      ['standIn'],
    ],
    ['nothing of one that ends later', { ends: new Date(now.getTime() + 61 * day) }, []],
    ['nothing more of one that is down', { state: 'down', joined: false, height: 1 }, []],
  ];
  for (const [what, facts, problems] of cases) {
    it(`says ${what}`, () => {
      const node: NodeFacts = { kind: 'peer', state: 'up', ...facts };
      expect(problemsOf(node, 9, now)).to.deep.equal(problems);
    });
  }
});
