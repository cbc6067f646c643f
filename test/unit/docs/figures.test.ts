import { readFileSync } from 'node:fs';
import { measures, openApiDocument, splitsOf } from '@yici/gateway/testing';
import { expect } from 'chai';
import { figuresDocument, requirementNames } from '../../support/figures-document.js';

for (const [page, language] of [
  ['docs/figures.md', 'en'],
  ['docs/figures.zh-CN.md', 'zh'],
] as const) {
  describe(page, () => {
    it('is what the catalogue of figures says', () => {
      expect(readFileSync(page, 'utf8')).to.equal(figuresDocument(language));
    });
  });
}

describe('the catalogue of figures', () => {
  it('measures every one of the twenty-nine requirements', () => {
    const measured = new Set(measures.flatMap(({ requirements }) => requirements));
    const rows = requirementNames.map((_, index) => index + 1);
    expect([...measured].sort((a, b) => a - b)).to.deep.equal(rows);
    expect(rows).to.have.length(29);
  });

  it('has one entry an id, and can split each by month', () => {
    expect(new Set(measures.map(({ id }) => id)).size).to.equal(measures.length);
    for (const one of measures) {
      expect(splitsOf(one)[0], one.id).to.equal('month');
      expect(new Set(splitsOf(one)).size, one.id).to.equal(splitsOf(one).length);
      expect(one.definition.zh, one.id).to.match(/[。]$/);
    }
  });

  it('has headlines, none of which is declared', () => {
    const headlines = measures.filter(({ headline }) => headline);
    expect(headlines.map(({ id }) => id)).to.include.members(['on-time-rate', 'handling-days']);
    for (const { id, known } of headlines) expect(known, id).to.not.equal('declared');
  });

  it('calls declared whatever counts what a matter or a department says of itself', () => {
    const said: Readonly<Record<string, readonly string[]>> = {
      matter: ['promisedDays', 'previousDays', 'savedDays', 'steps', 'materials', 'verticalOn'],
      filed: ['fields', 'grassRoots', 'crossLevel', 'crossRegion', 'crossSystem', 'crossBusiness'],
      completed: ['promisedDays'],
      department: ['departments'],
      limit: ['upwardKept', 'grassRootsKept'],
    };
    const declared = measures.filter(({ family, calculation }) =>
      said[family]?.includes(calculation.of),
    );
    expect(declared).to.have.length.above(10);
    for (const { id, known } of declared) expect(known, id).to.equal('declared');
  });

  it('has nobody report anything: no route takes a figure', () => {
    const { paths } = openApiDocument('1') as { paths: Record<string, object> };
    const stats = Object.entries(paths).filter(([path]) => path.startsWith('/v1/stats'));
    expect(stats.length).to.be.greaterThan(2);
    for (const [path, methods] of stats) {
      const writing = ['post', 'put', 'patch', 'delete'].filter((method) => method in methods);
      expect(writing, path).to.deep.equal([]);
    }
  });

  it('is in the API’s description, with CSV beside JSON', () => {
    const { paths } = openApiDocument('1') as {
      paths: Record<string, { get: { responses: { 200: { content: object } } } }>;
    };
    for (const path of ['/v1/stats/{measure}', '/v1/stats/{measure}/cases']) {
      const { content } = paths[path]!.get.responses[200];
      expect(Object.keys(content), path).to.deep.equal(['application/json', 'text/csv']);
    }
  });
});
