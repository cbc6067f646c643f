import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { metric, parseMetrics, readMetrics } from '@yici/network/testing';
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
