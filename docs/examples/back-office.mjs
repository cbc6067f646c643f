// A department's own system at the gateway, with nothing but Node: files what a form says, waits for its outcome, and follows
// what happens to it. docs/integration.md explains it; test/e2e/demo runs it.
//
//   YICI_GATEWAY=http://127.0.0.1:8080 YICI_API_KEY=yk_… node docs/examples/back-office.mjs
import { createHash, randomBytes, randomUUID } from 'node:crypto';

const { YICI_GATEWAY: gateway = 'http://127.0.0.1:8080', YICI_API_KEY: key = '' } = process.env;
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

/** Worth sending again as it is: nobody answered, too many requests, or a peer, an orderer or the gateway is not ready. */
const again = new Set([429, 502, 503, 504]);
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** One request, sent again while that can help. The Idempotency-Key makes every repeat the same write. */
async function call(method, path, body, idempotencyKey) {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(method, path, body, idempotencyKey);
    if (answer !== undefined && !again.has(answer.status)) {
      const json = await answer.json();
      if (answer.ok) return { json, replayed: answer.headers.has('idempotency-replayed') };
      // application/problem+json: `code` is for programs, `detail` and `errors` for people, `requestId` for the operator.
      throw Object.assign(new Error(`${json.code}: ${json.detail}`), { problem: json });
    }
    if (attempt === 5) throw new Error(`${method} ${path}: no answer after ${attempt} attempts`);
    await pause(Number(answer?.headers.get('retry-after') ?? 2 ** attempt));
  }
}

const send = (method, path, body, idempotencyKey) =>
  fetch(gateway + path, {
    method,
    headers: { ...headers, ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => undefined);

/** Only a salted digest goes to the ledger; the salt stays with the document. */
function digestOf(content) {
  const salt = randomBytes(32);
  const digest = createHash('sha256').update(salt).update(content).digest('hex');
  return { salt, digest: { digestAlg: 'sha256', digest } };
}

/** Events after `lastId`, until one satisfies `done`: opened again where it broke off. */
async function follow(query, lastId, done) {
  for (let id = lastId; ;) {
    const more = id === undefined ? {} : { 'last-event-id': id };
    const stream = await fetch(`${gateway}/v1/events?${query}`, {
      headers: { ...headers, ...more },
    });
    let text = '';
    for await (const part of stream.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + part).split('\n\n');
      text = events.pop();
      for (const event of events) {
        const fields = Object.fromEntries(event.split('\n').map((line) => line.split(/: (.*)/s)));
        if (fields.id === undefined) continue;
        id = fields.id;
        if (done({ id, name: fields.event, data: JSON.parse(fields.data) })) return id;
      }
    }
    await pause(1);
  }
}

const { json: session } = await call('GET', '/v1/sessions/current');
console.log(`我是 I am ${session.user}, ${session.role}, ${session.mspId}`);

const filing = {
  taskCode: 'YC33110000000007',
  matterVersion: 1,
  form: digestOf('{"office":"302"}').digest,
  materials: [
    { code: 'application', document: digestOf('application').digest },
    { code: 'rentalQuote', document: digestOf('quote').digest },
  ],
};
const own = randomUUID();
const filed = await call('POST', '/v1/cases?wait=30', filing, own);
const { caseNo } = filed.json.input;
console.log(`已报送 filed ${caseNo}, 区块 block ${filed.json.block}`);

// As after a connection that broke: the same key gives the same case, not a second one.
const repeated = await call('POST', '/v1/cases?wait=30', filing, own);
console.log(`重发 sent again: ${repeated.json.input.caseNo}, replayed ${repeated.replayed}`);

await call(
  'POST',
  `/v1/cases/${caseNo}/withdraw?wait=30`,
  { reasonCode: 'notNeeded' },
  randomUUID(),
);
const last = await follow(`caseNo=${caseNo}`, `${filed.json.block - 1}-0`, ({ id, name }) => {
  console.log(`事件 event ${id} ${name}`);
  return name === 'case.withdraw';
});

// What a rule refuses is refused however often it is sent: the code says why.
const refused = await call('POST', `/v1/cases/${caseNo}/withdraw`, { reasonCode: 'notNeeded' })
  .then(() => 'taken')
  .catch(({ problem }) => problem.code);
console.log(`再撤回 withdrawn again: ${refused}`);
await follow(
  `caseNo=${caseNo}`,
  `${last.split('-')[0] - 1}-0`,
  ({ name }) => name === 'case.withdraw',
);
console.log('续读 resumed');
