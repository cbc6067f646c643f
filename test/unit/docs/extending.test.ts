import { readdirSync, readFileSync } from 'node:fs';
import { commandNames, type CommandName } from '@yici/domain/model';
import { expect } from 'chai';

const page = readFileSync('docs/extending.md', 'utf8');

const concepts = readdirSync('chaincode/src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `chaincode/src/${name}/`);

/** Every file of product code that names a command in so many words, with the commands it names. */
const naming: ReadonlyMap<string, readonly CommandName[]> = new Map(
  ['chaincode', 'ledger', 'network', 'api', 'papers', 'client', 'gateway']
    .flatMap((folder) =>
      readdirSync(`${folder}/src`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/src/${file}`),
    )
    .map((file): [string, CommandName[]] => {
      const text = readFileSync(file, 'utf8');
      return [file, commandNames.filter((name) => text.includes(`'${name}'`))];
    })
    .filter(([, names]) => names.length > 0),
);

describe('docs/extending.md', () => {
  it('lists every file that names its example of a command', () => {
    const example = /An example is `([\w.]+)`/.exec(page)?.[1] as CommandName;
    const listed = [...page.matchAll(/^- `([\w/.-]+)`$/gm)].map(([, file]) => file);
    const found = [...naming].filter(([, names]) => names.includes(example)).map(([file]) => file);
    expect(found).to.have.length.above(2);
    expect(found.sort()).to.deep.equal(listed.sort());
  });

  it('says of every place outside the concepts’ folders that names commands why it does', () => {
    const places = [
      ...page.matchAll(/^\| ((?:`(?:api|client|gateway|papers)\/[^|]*)) \|/gm),
    ].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place));
    const outside = [...naming.keys()].filter(
      (file) => !concepts.some((concept) => file.startsWith(concept)),
    );
    const at = (place: string, file: string) => file === place || file.startsWith(`${place}/`);
    expect(outside.filter((file) => !places.some((place) => at(place, file)))).to.deep.equal([]);
    expect(places.filter((place) => !outside.some((file) => at(place, file)))).to.deep.equal([]);
  });

  it('holds for most commands: outside their concept’s folder two files name them at the most', () => {
    const counts = commandNames.map(
      (name) =>
        [...naming].filter(
          ([file, names]) => names.includes(name) && !concepts.some((one) => file.startsWith(one)),
        ).length,
    );
    const few = counts.filter((count) => count <= 2).length;
    expect(few / counts.length).to.be.at.least(0.75);
  });
});
