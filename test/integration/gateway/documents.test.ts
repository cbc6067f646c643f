import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { pdf, tellsDocuments } from '../../support/domain/documents.js';
import { standOn } from '../../support/domain/embedded-stand.js';
import { seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('documents off the ledger over HTTP', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  tellsDocuments(() => standOn(world));

  it('keeps nothing of an upload whose client goes away', async () => {
    const { token } = await world.api.as('data.clerk1');
    const outgoing = httpRequest(`${world.url}/v1/documents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/pdf',
        'content-length': '5000000',
        'x-document-name': 'half.pdf',
      },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(pdf);
    const incoming = join(world.directory, 'gateway', 'documents', 'incoming');
    const files = () => readdirSync(incoming).length;
    while (files() === 0) await new Promise((done) => setTimeout(done, 10));
    const closed = new Promise((done) => outgoing.once('close', done));
    outgoing.destroy();
    await closed;
    const deadline = Date.now() + 10_000;
    while (files() > 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 10));
    expect(files()).to.equal(0);
  });
});
