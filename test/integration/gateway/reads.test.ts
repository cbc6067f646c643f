import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLevelStore } from '@yici/gateway/testing';
import { dataFolder } from '@yici/network';
import { lookAtGateway, prepareFolder } from '@yici/network/testing';
import { expect } from 'chai';
import {
  commit,
  digestOf,
  fileCase,
  filing,
  leaseMatter,
  openDataset,
  publishDataset,
  publishMatter,
  seed,
  taskCode,
} from './support/story.js';
import { EventReader } from './support/event-stream.js';
import { openWorld, type World } from './support/world.js';
import { metricsAsked } from '../../support/monitoring.js';
import { sealedVoucher } from '../../support/vouchers.js';

describe('reads over HTTP on the embedded network', function () {
  this.timeout(120_000);
  let world: World;
  /** Filed by the data bureau: offices and establishment take part. */
  let ofData: string;
  /** Filed by the Establishment Office: the data bureau has no part in it. */
  let ofEstablishment: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    ofData = await fileCase(world.api, 'data.clerk1');
    ofEstablishment = await fileCase(world.api, 'establishment.clerk1');
    await commit(world.api, 'offices.clerk1', `/v1/cases/${ofData}/receive`, {});
  });

  after(() => world.close());

  const numbers = async (user: string, query = '') =>
    (await world.api.get(user, `/v1/cases${query}`)).each('items', 'caseNo');

  it('shows a department the cases it takes part in, and a supervisor all', async () => {
    expect(await numbers('data.clerk1')).to.deep.equal([ofData]);
    expect(await numbers('offices.clerk1')).to.have.members([ofData, ofEstablishment]);
    expect(await numbers('supervision.supervisor1')).to.have.members([ofData, ofEstablishment]);
    expect(await numbers('supervision.head1'), 'only the role sees all').to.deep.equal([]);
  });

  it('answers for a case of others as for one that does not exist, from index and ledger alike', async () => {
    for (const source of ['index', 'ledger']) {
      for (const path of [`/v1/cases/${ofEstablishment}`, `/v1/cases/${taskCode}-20200101-0001`]) {
        const answer = await world.api.get('data.clerk1', `${path}?source=${source}`);
        expect([answer.status, answer.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
      }
    }
    const events = await world.api.get('data.clerk1', `/v1/cases/${ofEstablishment}/events`);
    expect(events.at('code')).to.equal('RECORD_NOT_FOUND');
    const seen = await world.api.get('supervision.supervisor1', `/v1/cases/${ofEstablishment}`);
    expect(seen.at('caseNo')).to.equal(ofEstablishment);
  });

  it('gives the very bytes of the ledger, whichever source is asked', async () => {
    for (const path of [
      `/v1/cases/${ofData}`,
      '/v1/departments/data',
      `/v1/matters/${taskCode}`,
      `/v1/matters/${taskCode}/versions/1`,
      `/v1/calendars/${new Date().getUTCFullYear()}`,
    ]) {
      const index = await world.api.get('data.clerk1', path);
      const ledger = await world.api.get('data.clerk1', `${path}?source=ledger`);
      expect(index.status, path).to.equal(200);
      expect(ledger.text).to.equal(index.text);
    }
  });

  it('answers the hottest read with the same body, protections and limits as any other', async () => {
    const { token } = await world.api.as('data.clerk1');
    const path = `/v1/cases/${ofData}`;
    const fast = await world.api.call('GET', path, { token });
    const express = await world.api.call('GET', `${path}?source=index`, { token });
    expect(fast.text).to.equal(express.text);
    for (const name of ['content-type', 'x-content-type-options']) {
      expect(fast.headers.get(name), name).to.equal(express.headers.get(name));
    }
    expect(fast.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
    const named = await world.api.call('GET', path, { token, headers: { 'x-request-id': 'mine' } });
    expect(named.headers.get('x-request-id')).to.equal('mine');
    const metrics = await world.api.call('GET', '/metrics');
    expect(metrics.text).to.match(
      /yici_http_request_seconds_count\{method="GET",route="\/v1\/cases\/:caseNo",status="200"\} [1-9]/,
    );
  });

  it('counts fast and slow answers together against a client’s limit', async () => {
    const strict = await world.another('strict', {
      limits: { requestsPerMinute: 6, loginsPerMinute: 0 },
    });
    await strict.caughtUp();
    const api = await world.apiOn(strict);
    try {
      const { token } = await api.as('data.clerk1');
      const statuses: number[] = [];
      for (const suffix of [
        '',
        '?source=index',
        '',
        '?source=index',
        '',
        '',
        '',
        '?source=index',
      ]) {
        statuses.push((await api.call('GET', `/v1/cases/${ofData}${suffix}`, { token })).status);
      }
      expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 200, 429, 429]);
    } finally {
      await strict.close();
    }
  });

  it('filters, sorts and pages without repeating or losing a row', async () => {
    expect(await numbers('offices.clerk1', '?state=RECEIVED')).to.deep.equal([ofData]);
    expect(await numbers('offices.clerk1', '?applicant=establishment')).to.deep.equal([
      ofEstablishment,
    ]);
    expect(await numbers('supervision.supervisor1', '?department=data')).to.deep.equal([ofData]);
    expect(await numbers('offices.clerk1', `?taskCode=${taskCode}&sort=caseNo`)).to.deep.equal(
      [ofData, ofEstablishment].sort(),
    );
    for (const sort of ['submittedAt', '-submittedAt', 'dueOn', '-dueOn', 'caseNo', '-caseNo']) {
      const all = await numbers('offices.clerk1', `?sort=${sort}`);
      const first = await world.api.get('offices.clerk1', `/v1/cases?sort=${sort}&limit=1`);
      const second = await world.api.get(
        'offices.clerk1',
        `/v1/cases?sort=${sort}&limit=1&cursor=${first.str('next')}`,
      );
      expect([first.at('items.0.caseNo'), second.at('items.0.caseNo')]).to.deep.equal(all);
      expect(second.at('next')).to.equal(null);
    }
  });

  it('refuses a cursor of another list, and a query it does not know', async () => {
    const page = await world.api.get('offices.clerk1', '/v1/cases?limit=1&sort=caseNo');
    const foreign = await world.api.get('data.clerk1', `/v1/cases?cursor=${page.str('next')}`);
    expect([foreign.status, foreign.at('code')]).to.deep.equal([400, 'CURSOR_INVALID']);
    const unknown = await world.api.get('data.clerk1', '/v1/cases?sort=size&colour=red&limit=0');
    expect(unknown.each('errors', 'path')).to.have.members(['/sort', '/colour', '/limit']);
  });

  it('puts what waits for a department into its inbox, with the day it is due', async () => {
    const inbox = await world.api.get('offices.clerk1', '/v1/inbox');
    expect(inbox.each('items', 'todo')).to.have.members(['check', 'receive']);
    expect(inbox.at('items.0.due')).to.match(/^\d{4}-\d{2}-\d{2}$/);
    // Midnight in Shanghai after that day, and the five minutes by which clocks may differ.
    const midnight = Date.parse(`${inbox.str('items.0.due')}T24:00:00+08:00`);
    expect(Date.parse(inbox.str('items.0.from'))).to.equal(midnight + 300_000);
    expect(inbox.at('items.0.matterName.zh')).to.equal('办公用房租用审批');
    await commit(world.api, 'offices.clerk1', `/v1/cases/${ofData}/accept`, sealedVoucher);
    const opinions = await world.api.get('establishment.clerk1', '/v1/inbox');
    expect(opinions.each('items', 'step')).to.include('headcount');
  });

  it('keeps a case’s events in order, each with its transaction', async () => {
    const events = await world.api.get('data.clerk1', `/v1/cases/${ofData}/events`);
    expect(events.each('items', 'type')).to.deep.equal([
      'case.submit',
      'case.receive',
      'case.accept',
    ]);
    const txId = String(events.each('items', 'txId')[1]);
    const transaction = await world.api.get('data.clerk1', `/v1/transactions/${txId}`);
    expect(transaction.at('creator')).to.deep.equal({
      mspId: 'OfficesMSP',
      user: 'offices.clerk1',
    });
    expect(transaction.at('event.payload.caseNo')).to.equal(ofData);
    const block = await world.api.get('data.clerk1', `/v1/blocks/${transaction.str('block')}`);
    expect(block.each('items', 'txId')).to.include(txId);
  });

  it('shows a transaction’s event only to those it concerns', async () => {
    const events = await world.api.get('offices.clerk1', `/v1/cases/${ofEstablishment}/events`);
    const path = `/v1/transactions/${String(events.each('items', 'txId')[0])}`;
    expect((await world.api.get('offices.clerk1', path)).at('event.name')).to.equal('case.submit');
    const outsider = await world.api.get('data.clerk1', path);
    expect([outsider.status, outsider.at('event')]).to.deep.equal([200, undefined]);
  });

  it('chains its blocks to the genesis block that the network names', async () => {
    const about = await world.api.call('GET', '/v1/network');
    expect(about.at('genesisHash')).to.equal(world.network.genesisHash);
    expect(about.at('onePointOfTrust')).to.equal(true);
    const blocks = await world.api.get('data.clerk1', '/v1/blocks?limit=200');
    const hashes = blocks.each('items', 'hash');
    const previous = blocks.each('items', 'previousHash');
    expect(previous.slice(0, -1)).to.deep.equal(hashes.slice(1));
    expect(hashes.at(-1)).to.equal(world.network.genesisHash);
  });

  it('says how many blocks each department’s peer has', async () => {
    const heights = await world.api.get('data.clerk1', '/v1/network/heights');
    const network = await world.api.call('GET', '/v1/network');
    expect(heights.each('items', 'department').sort()).to.deep.equal(
      network.each('departments', 'id').sort(),
    );
    expect(new Set(heights.each('items', 'height'))).to.deep.equal(new Set([network.at('height')]));
  });

  it('streams each event once to those it concerns, and resumes after the last one seen', async () => {
    const stream = async (user: string, headers: Record<string, string> = {}, query = '') => {
      const { token } = await world.api.as(user);
      return EventReader.open(`${world.url}/v1/events${query}`, {
        authorization: `Bearer ${token}`,
        ...headers,
      });
    };
    const offices = await stream('offices.clerk1', {}, '?name=case.');
    const outsider = await stream('data.clerk1', {}, '?name=case.');
    const first = await fileCase(world.api, 'establishment.clerk1');
    const mine = await fileCase(world.api, 'data.clerk1');
    const seen = await offices.until(2);
    expect(seen.map(({ data }) => (data['payload'] as { caseNo: string }).caseNo)).to.deep.equal([
      first,
      mine,
    ]);
    const own = await outsider.until(1);
    expect(own.map(({ data }) => (data['payload'] as { caseNo: string }).caseNo)).to.deep.equal([
      mine,
    ]);
    await offices.close();
    await outsider.close();
    const missed = await fileCase(world.api, 'data.clerk1');
    const resumed = await stream('offices.clerk1', { 'last-event-id': seen[0]!.id }, '?name=case.');
    const live = fileCase(world.api, 'data.clerk1');
    const again = await resumed.until(3);
    expect(again.map(({ data }) => (data['payload'] as { caseNo: string }).caseNo)).to.deep.equal([
      mine,
      missed,
      await live,
    ]);
    expect(new Set(again.map(({ id }) => id)).size).to.equal(3);
    await resumed.close();
  });

  it('replays the whole past from 0-0, and refuses an id that is none', async () => {
    const { token } = await world.api.as('supervision.supervisor1');
    const headers = { authorization: `Bearer ${token}` };
    const all = await EventReader.open(`${world.url}/v1/events?after=0-0`, headers);
    const [first] = await all.until(1);
    expect(first!.name).to.equal('department.register');
    await all.close();
    const bad = await world.api.call('GET', '/v1/events', {
      token,
      headers: { 'last-event-id': 'yesterday' },
    });
    expect([bad.status, bad.at('code')]).to.deep.equal([400, 'VALIDATION_FAILED']);
  });

  it('describes itself: every route in OpenAPI, a page for people, health and metrics', async () => {
    const document = await world.api.call('GET', '/openapi.json');
    expect(document.at('openapi')).to.equal('3.1.0');
    const page = await world.api.call('GET', '/docs');
    expect(page.text).to.contain('swagger-ui-bundle.js');
    expect((await world.api.call('GET', '/docs/swagger-ui-bundle.js')).status).to.equal(200);
    expect(page.headers.get('content-security-policy')).to.contain("script-src 'self'");
    expect((await world.api.call('GET', '/healthz')).status).to.equal(200);
    expect((await world.api.call('GET', '/readyz')).at('status')).to.equal('ready');
    const metrics = await world.api.call('GET', '/metrics');
    expect(metrics.text).to.match(/^yici_index_block \d+$/m);
    expect(metrics.text).to.contain('route="/v1/cases/:caseNo"');
  });

  it('is found by the status of its host, by the genesis hash and not by its address alone', async () => {
    const folder = dataFolder(join(world.directory, 'state'));
    const { hostname: host, port } = new URL(world.url);
    writeFileSync(
      join(folder.root, 'gateway.yaml'),
      JSON.stringify({ host, port: Number(port), engine: { mspId: 'DataMSP' } }),
    );
    const looked = () => lookAtGateway(world.network.topology, folder, []);
    expect(await looked()).to.include({ name: 'gateway.data', state: 'up', standIn: false });
    const genesis = readFileSync(folder.genesis);
    const other = prepareFolder(
      { ...world.network.topology, channel: 'other' },
      dataFolder(join(world.directory, 'other')),
      new Date(),
    );
    writeFileSync(folder.genesis, other.genesisBlock);
    expect(await looked(), 'of another network').to.equal(undefined);
    writeFileSync(folder.genesis, genesis);
  });

  it('has every metric that the alerts and the dashboard of monitoring/ ask for', async () => {
    // Fabric's nodes have these, of which status and start read some (unit/fabric/operations).
    const ofNodes = [
      ...['ledger_blockchain_height', 'gossip_membership_total_peers_known'],
      ...['consensus_BFT_is_leader', 'consensus_BFT_committed_block_number', 'up'],
    ];
    const { text } = await world.api.call('GET', '/metrics');
    const own = [...text.matchAll(/^(?:# TYPE )?([a-z_0-9]+)/gm)].map(([, name]) => name);
    const asked = metricsAsked();
    expect(asked.length).to.be.above(20);
    expect(asked.filter((name) => !own.includes(name) && !ofNodes.includes(name))).to.deep.equal(
      [],
    );
    expect(text).to.match(/^yici_peer_height [1-9]\d*$/m);
    expect(text).to.match(/^yici_certificate_end_seconds\{certificate="data.gateway"\} [1-9]/m);
    expect(text).to.match(/^yici_store_bytes\{store="audit"\} [1-9]/m);
  });

  it('has metrics and alerts that Prometheus’ own promtool takes', async function () {
    const { text } = await world.api.call('GET', '/metrics');
    for (const args of [['metrics'], ['config', 'monitoring/scrape.yml']]) {
      const { error, status, stderr } = spawnSync('promtool', ['check', ...args], { input: text });
      if (error !== undefined) this.skip();
      expect([status, stderr.toString()], args[0]).to.deep.equal([0, '']);
    }
  });

  it('shows an attestation, its verdict and its uses to those it concerns', async () => {
    const { api } = world;
    const now = Date.now();
    const headcount = openDataset('establishment.headcount', 'count');
    await publishDataset(api, 'establishment', headcount);
    await commit(api, 'establishment.clerk1', '/v1/attestations', {
      attestationId: 'headcount-1',
      datasetId: 'establishment.headcount',
      requester: 'offices',
      caseNo: ofEstablishment,
      purpose: 'office space',
      fields: [{ code: 'count', ...digestOf('salted 12') }],
      validFrom: new Date(now - 60_000).toISOString(),
      validTo: new Date(now + 3_600_000).toISOString(),
    });
    await commit(api, 'offices.clerk1', '/v1/attestations/headcount-1/record-use', {
      useId: 'use-1',
      scenario: 'lease',
      process: 'compared',
      effect: 'granted',
      storage: 'none',
    });
    const mine = await api.get('offices.clerk1', '/v1/attestations?requester=offices');
    expect(mine.each('items', 'attestationId')).to.deep.equal(['headcount-1']);
    const ofCase = await api.get('offices.clerk1', `/v1/attestations?caseNo=${ofEstablishment}`);
    expect(ofCase.each('items', 'attestationId')).to.deep.equal(['headcount-1']);
    const verdict = await api.get('offices.clerk1', '/v1/attestations/headcount-1/verdict');
    expect(verdict.at('verdict')).to.equal('valid');
    const later = new Date(now + 7_200_000).toISOString();
    const expired = await api.get(
      'offices.clerk1',
      `/v1/attestations/headcount-1/verdict?at=${later}`,
    );
    expect(expired.at('verdict')).to.equal('expired');
    const outsider = await api.get('supervision.head1', '/v1/attestations/headcount-1/verdict');
    expect([outsider.status, outsider.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    const uses = await api.get('data.clerk1', '/v1/attestations/headcount-1/uses');
    expect(uses.each('items', 'useId'), 'the lead authority reads use records').to.deep.equal([
      'use-1',
    ]);
    expect((await api.get('data.clerk1', '/v1/attestations')).at('items')).to.deep.equal([]);
  });

  it('lists the catalogue to any member', async () => {
    const matters = await world.api.get('supervision.head1', '/v1/matters?status=published');
    expect(matters.each('items', 'taskCode')).to.deep.equal([taskCode]);
    const departments = await world.api.get('supervision.head1', '/v1/departments');
    expect(departments.each('items', 'id')).to.deep.equal([
      'data',
      'establishment',
      'offices',
      'supervision',
    ]);
    const datasets = await world.api.get('data.clerk1', '/v1/datasets?department=establishment');
    expect(datasets.each('items', 'datasetId')).to.deep.equal(['establishment.headcount']);
    const submitted = await world.api.post('data.clerk1', '/v1/cases', filing);
    expect(submitted.status).to.equal(202);
  });

  it('tells the source department what an applicant contests of its data, and shows it no case', async () => {
    const datasetId = 'establishment.rooms';
    await publishDataset(world.api, 'establishment', openDataset(datasetId, 'rooms'));
    const name = { zh: '房间数', en: 'Rooms' };
    const shared = { code: 'rooms', name, required: true, tolerable: false, datasetId } as const;
    const material = { ...shared, source: 'sharing', form: 'electronic' } as const;
    const materials = [...leaseMatter.materials, material];
    // Its flow asks nobody: the source department has no part in the case.
    const content = { ...leaseMatter, taskCode: 'LEASE0003', materials, flow: [] };
    await publishMatter(world.api, content);
    const filed = await commit(world.api, 'data.clerk1', '/v1/cases', {
      ...filing,
      taskCode: 'LEASE0003',
      materials: [...filing.materials, { code: 'rooms', document: digestOf('own rooms') }],
      contested: [{ code: 'rooms', note: '与实际不符' }],
    });
    const caseNo = filed.str('result.caseNo');
    const contests = async (user: string) =>
      (await world.api.get(user, `/v1/contests?datasetId=${datasetId}`)).each('items', 'caseNo');
    expect(await contests('establishment.clerk1')).to.deep.equal([caseNo]);
    expect(await contests('supervision.head1')).to.deep.equal([]);
    const hidden = await world.api.get('establishment.clerk1', `/v1/cases/${caseNo}`);
    expect(hidden.status).to.equal(404);
  });

  it('builds from the blocks the very index that following them built', async () => {
    const rows = async (name: string) => {
      const store = await openLevelStore(join(world.directory, name, 'index'));
      const found: (readonly [string, string])[] = [];
      for await (const row of store.range({ gte: '', lt: '\uffff' })) found.push(row);
      await store.close();
      return found;
    };
    const anew = await world.another('anew');
    await anew.caughtUp();
    await anew.close();
    await world.gateway.close();
    try {
      const live = await rows('gateway');
      expect(live.filter(([key]) => key.startsWith('i\0case.'))).to.not.be.empty;
      expect(await rows('anew')).to.deep.equal(live);
    } finally {
      await world.reopen();
    }
  });
});
