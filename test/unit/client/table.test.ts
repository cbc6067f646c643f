import {
  clip,
  displayWidth,
  padTo,
  printable,
  renderFields,
  renderTable,
} from '@yici/client/testing';
import { expect } from 'chai';

describe('text in a terminal', () => {
  it('counts a Chinese character as two columns', () => {
    expect(displayWidth('办件 case')).to.equal(9);
    expect(displayWidth('（无）')).to.equal(6);
    expect(displayWidth('ＡＢ')).to.equal(4);
  });

  it('counts combining marks as none', () => {
    expect(displayWidth('e\u0301')).to.equal(1);
  });

  it('pads by columns, not by characters', () => {
    expect(padTo('财政局', 8)).to.equal('财政局  ');
  });

  it('never cuts a double-width character in half', () => {
    expect(clip('机关事务中心', 7)).to.equal('机关事…');
    expect(clip('机关事务中心', 8)).to.equal('机关事…');
    expect(clip('短', 8)).to.equal('短');
  });

  it('makes what steers a terminal visible', () => {
    expect(printable('a\u001b[31mb\nc\u202ed')).to.equal('a·[31mb·c·d');
  });
});

describe('a table', () => {
  const columns = [
    { title: '部门 id', value: (row: { id: string; name: string | undefined }) => row.id },
    { title: '名称', value: (row: { id: string; name: string | undefined }) => row.name },
  ];

  it('aligns its columns whatever the script', () => {
    const lines = renderTable(columns, [
      { id: 'hrss', name: '人力社保局' },
      { id: 'establishment', name: undefined },
    ]);
    expect(lines).to.deep.equal([
      '部门 id        名称',
      '─────────────  ──────────',
      'hrss           人力社保局',
      'establishment  -',
    ]);
  });

  it('says that it is empty', () => {
    expect(renderTable(columns, [])).to.deep.equal(['（无 none）']);
  });

  it('leaves out fields without a value and aligns the others', () => {
    const lines = renderFields([
      ['区块 block', 7],
      ['交易', 'ab'],
      ['到期 due', undefined],
    ]);
    expect(lines).to.deep.equal(['  区块 block  7', '  交易        ab']);
  });
});
