import { csvOf } from '@yici/gateway/testing';
import { expect } from 'chai';

describe('a table as CSV', () => {
  it('begins with the mark that lets spreadsheets read Chinese, and ends its lines as RFC 4180 says', () => {
    expect(csvOf(['部门', '数值'], [['人力社保局', 0.5]])).to.equal(
      '\uFEFF部门,数值\r\n人力社保局,0.5\r\n',
    );
  });

  it('quotes what would end a cell', () => {
    expect(csvOf(['a'], [['one, "two"'], ['three\nfour']])).to.equal(
      '\uFEFFa\r\n"one, ""two"""\r\n"three\nfour"\r\n',
    );
  });

  it('lets no text become a formula, and leaves numbers as they are', () => {
    const formulas = ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
    const lines = csvOf(
      ['a'],
      formulas.map((one) => [one]),
    ).split('\r\n');
    expect(lines[1]).to.equal('"\'=HYPERLINK(""x"")"');
    expect(lines.slice(2, 6)).to.deep.equal(["'+1", "'-1", "'@SUM(A1)", "'\tx"]);
    expect(csvOf(['a'], [[-3], [null], [true]])).to.equal('\uFEFFa\r\n-3\r\n\r\ntrue\r\n');
  });
});
