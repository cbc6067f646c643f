import { expect } from 'chai';
import fc from 'fast-check';
import { decodeEnvelope, WireWriter } from '@yici/ledger';
import { decodeChaincodeAction, WireReader } from '@yici/ledger/testing';
import { anyString, fromHex, hex, refused, text } from './support/bytes.js';

/** The first field of a message, read by the method that its type asks for. */
function first<T>(bytes: Uint8Array, read: (reader: WireReader) => T): T {
  const reader = new WireReader(bytes, 'test.Message');
  expect(reader.next()).to.equal(true);
  return read(reader);
}

describe('ledger: protobuf wire format', () => {
  it('reads back every number, text and byte string that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (value) => {
        const bytes = new WireWriter().varint(1, value).finish();
        return first(bytes, (reader) => reader.uint64()) === value;
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        fc.pre(value !== 0);
        const bytes = new WireWriter().varint(1, value).finish();
        return first(bytes, (reader) => reader.int32()) === value;
      }),
    );
    fc.assert(
      fc.property(anyString, (value) => {
        fc.pre(value !== '');
        const bytes = new WireWriter().string(3, value).finish();
        return first(bytes, (reader) => reader.string()) === value;
      }),
    );
  });

  it('leaves out what has the default value, but not embedded messages', () => {
    const none = new Uint8Array(0);
    const writer = new WireWriter().varint(1, 0).varint(2, 0n).string(3, '').bytes(4, none);
    expect(hex(writer.bool(5, false).message(6, undefined).finish())).to.equal('');
    expect(hex(new WireWriter().message(6, none).repeated(7, [none, none]).finish())).to.equal(
      '32003a003a00',
    );
  });

  it('writes an embedded writer as it writes its bytes, at any depth and size', () => {
    type Tree = { value: Uint8Array; number: number; inner: Tree | undefined };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        value: fc.uint8Array({ maxLength: 200 }),
        number: fc.integer({ min: -5, max: 2 ** 31 - 1 }),
        inner: fc.option(tie('tree'), { nil: undefined, maxDepth: 3 }),
      }),
    }));
    const write = (node: Tree, nested: boolean): WireWriter => {
      const writer = node.inner && write(node.inner, nested);
      const inner = nested ? writer : writer?.finish();
      return new WireWriter()
        .varint(1, node.number)
        .bytes(2, node.value)
        .message(3, inner)
        .bytes(4, inner)
        .repeated(16_000, inner === undefined ? [] : [inner, inner]);
    };
    fc.assert(
      fc.property(tree, (node) => {
        const nested = write(node, true);
        expect(nested.finish().length).to.equal(nested.length);
        expect(hex(nested.finish())).to.equal(hex(write(node, false).finish()));
      }),
    );
    const large = new Uint8Array(100_000).fill(7);
    expect(hex(new WireWriter().message(1, new WireWriter().bytes(2, large)).finish())).to.equal(
      hex(new WireWriter().message(1, new WireWriter().bytes(2, large).finish()).finish()),
    );
  });

  it('gives every message memory of its own, however many share an allocation', () => {
    const written = Array.from({ length: 2000 }, (_, n) =>
      new WireWriter().string(1, `message ${n}`).finish(),
    );
    for (const [n, bytes] of written.entries()) {
      expect(first(bytes, (reader) => reader.string())).to.equal(`message ${n}`);
    }
  });

  it('refuses a text that has no UTF-8 bytes', () => {
    refused('MALFORMED_BYTES', () => new WireWriter().string(1, 'a\ud800b'));
  });

  const broken = [
    ['a length beyond the end', '0a05'],
    ['a length over four gigabytes', '0affffffffff0f'],
    ['a varint that does not end', '08ff'],
    ['a varint of eleven bytes', '08ffffffffffffffffffff01'],
    ['a varint of more than 64 bits', '08ffffffffffffffffff02'],
    ['field number zero', '0001'],
    ['an unknown wire type', '0f'],
    ['a group without an end', '0b'],
    ['an end without a group', '0c'],
    ['a group that another number ends', '0b14'],
    ['a fixed number that is cut off', '19010203'],
  ] as const;
  for (const [what, bytes] of broken) {
    it(`refuses ${what}`, () => {
      const error = refused('MALFORMED_BYTES', () => {
        const reader = new WireReader(fromHex(bytes), 'test.Message');
        while (reader.next()) reader.skip();
      });
      expect(error.details['message']).to.equal('test.Message');
    });
  }

  it('refuses strings that are not UTF-8, short and long', () => {
    for (const bytes of ['0a01ff', `0a40${'61'.repeat(63)}c3`, '0a03eda080']) {
      refused('MALFORMED_BYTES', () => first(fromHex(bytes), (reader) => reader.string()));
    }
  });

  it('passes over unknown fields of every kind, and known fields of the wrong type', () => {
    // field 9 as varint, fixed64, bytes, group and fixed32; field 1 as varint; then the real payload.
    const unknown = '4801' + '490000000000000000' + '4a0161' + '4b08014c' + '4d00000000' + '0801';
    const { payload } = decodeEnvelope(fromHex(`${unknown}0a0170`));
    expect(Buffer.from(payload).toString()).to.equal('p');
  });

  it('lets the last of several scalars win and merges embedded messages', () => {
    expect(hex(decodeEnvelope(fromHex('0a01610a0162')).payload)).to.equal('62');
    // Response twice: the status from the first, the message from the second.
    const action = decodeChaincodeAction(fromHex('1a0308c801' + '1a0412024f4b'));
    expect(action.response).to.include({ status: 200, message: 'OK' });
  });

  it('refuses occurrences that are whole only when put together', () => {
    refused('MALFORMED_BYTES', () => decodeChaincodeAction(fromHex('1a031a024b' + '1a0170')));
  });

  it('takes a message of a hundred thousand occurrences in its stride', () => {
    const parts = Buffer.concat([
      Buffer.from('1a0412024f4b', 'hex'),
      Buffer.from('1a0208c8'.replace('c8', '01').repeat(100_000), 'hex'),
    ]);
    const { response } = decodeChaincodeAction(new Uint8Array(parts));
    expect(response).to.include({ status: 1, message: 'OK' });
  });

  it('gives plain byte arrays also from a Buffer, so that slice() copies', () => {
    const { payload } = decodeEnvelope(Buffer.from('0a0170', 'hex'));
    expect(Buffer.isBuffer(payload)).to.equal(false);
    expect(hex(payload)).to.equal(hex(text('p')));
  });
});
