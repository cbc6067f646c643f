import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp } from '@yici/client/testing';
import { expect } from 'chai';
import { z } from 'zod';

describe('an answer of the gateway', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = createServer((_request, response) => {
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after((done) => {
    server.close(done);
  });

  const codeOf = async () => {
    const { port } = server.address() as AddressInfo;
    const http = createHttp(`http://127.0.0.1:${port}`);
    return http.call(z.object({ ok: z.boolean() }), '/').then(
      () => 'ok',
      (error: unknown) => z.object({ code: z.string() }).parse(error).code,
    );
  };

  it('that is broken off says as little as none: it is not taken for a wrong one', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"ok":', () => response.destroy());
    };
    expect(await codeOf()).to.equal('GATEWAY_UNREACHABLE');
  });

  it('that is no JSON is wrong', async () => {
    answer = (response) => response.end('<html>');
    expect(await codeOf()).to.equal('GATEWAY_ANSWER_INVALID');
    answer = (response) => response.end('{"ok":true}');
    expect(await codeOf()).to.equal('ok');
  });
});
