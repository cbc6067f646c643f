import { basisText } from '@yici/domain/model';
import { expect } from 'chai';

describe('a law that a matter is set by', () => {
  it('has its title in marks, whether they were written or not, then number and clause', () => {
    const clause = '第六条';
    const text = (law: string, documentNumber?: string) =>
      basisText({ law, clause, ...(documentNumber !== undefined && { documentNumber }) });
    expect(text('中华人民共和国公务员法')).to.equal('《中华人民共和国公务员法》第六条');
    expect(text('《中华人民共和国公务员法》')).to.equal('《中华人民共和国公务员法》第六条');
    const titled = '《政务数据共享条例》（国务院令第809号）第六条';
    expect(text('政务数据共享条例（国务院令第809号）')).to.equal(titled);
    expect(text('政务数据共享条例', '国务院令第809号')).to.equal(titled);
    expect(text('政务数据共享条例（国务院令第809号）', '国务院令第809号')).to.equal(titled);
    expect(basisText({ law: 'An Act', clause: 'art 6' })).to.equal('An Act art 6');
  });
});
