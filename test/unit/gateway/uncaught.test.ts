import { isOfOneConnection } from '@yici/gateway/testing';
import { expect } from 'chai';

const coded = (code: string) => Object.assign(new RangeError('failed'), { code });

describe('an error that nobody caught', () => {
  it('is of one connection when it says that its stream broke', () => {
    for (const code of ['ERR_STREAM_WRITE_AFTER_END', 'ECONNRESET', 'EPIPE']) {
      expect(isOfOneConnection(coded(code)), code).to.equal(true);
    }
  });

  it('is of the whole process when it may be a write that failed, or anything else', () => {
    const others = [coded('ENOSPC'), coded('EIO'), coded('LEVEL_IO_ERROR'), new TypeError('bug')];
    for (const error of [...others, undefined, 'text']) {
      expect(isOfOneConnection(error), String(error)).to.equal(false);
    }
  });
});
