import { progressLine } from '@yici/client/testing';
import { expect } from 'chai';

/** A screen of so many columns, and what was written to it. */
function screen(columns: number, isTTY = true) {
  const written: string[] = [];
  return { columns, isTTY, written, write: (text: string) => written.push(text) };
}

const erase = '\r\u001b[2K';

describe('a line of progress', () => {
  it('takes the place of the one before, and leaves nothing behind', () => {
    const shown = screen(40);
    const progress = progressLine(shown);
    progress('登记部门 1');
    progress('登记部门 2');
    progress(undefined);
    progress(undefined);
    expect(shown.written).to.deep.equal([`${erase}登记部门 1`, `${erase}登记部门 2`, erase]);
  });

  it('never wraps, and is not steered by what it shows', () => {
    const shown = screen(10);
    progressLine(shown)('部门部门部门\u001b[31m');
    expect(shown.written).to.deep.equal([`${erase}部门部门…`]);
    const narrow = screen(10);
    progressLine(narrow)('a\u001b[31m');
    expect(narrow.written).to.deep.equal([`${erase}a·[31m`]);
  });

  it('is not written to a file or a pipe', () => {
    const file = screen(80, false);
    progressLine(file)('登记部门');
    expect(file.written).to.deep.equal([]);
  });
});
