import { readFileSync } from 'node:fs';
import { parseTopology, topologySchema, type TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { labTopology } from '../../support/peer/lab-topology.js';

const page = readFileSync('docs/topology.md', 'utf8');

const jsonSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** Every field of the file by its name: the last part of `departments[].ports.peer`. */
function fieldsOf(schema: unknown): string[] {
  const { properties, items } = jsonSchema.parse(schema);
  const own = Object.entries(properties ?? {}).flatMap(([name, inner]) => [
    name,
    ...fieldsOf(inner),
  ]);
  return items === undefined ? own : [...own, ...fieldsOf(items)];
}

/** Names that the page sets as code, alone, after a dot, or several in one cell. */
const named = new Set(
  [...page.matchAll(/`([A-Za-z][A-Za-z.[\]]*)`/g)].flatMap(([, text = '']) =>
    text.split(/[.[\]]+/),
  ),
);

/** The section of the page with a heading. */
function section(name: string): string {
  const from = page.indexOf(`\n## \`${name}\`\n`);
  const to = page.indexOf('\n## ', from + 1);
  return page.slice(from, to);
}

describe('docs/topology.md', () => {
  it('names every field of the schema', () => {
    const fields = fieldsOf(
      z.toJSONSchema(topologySchema, { io: 'input', unrepresentable: 'any' }),
    );
    expect(fields).to.include.members(['departments', 'peerOperations', 'packageId', 'zh']);
    expect(fields.filter((name) => !named.has(name))).to.deep.equal([]);
  });

  it('gives the defaults of the schema', () => {
    const { policies, batch, bft, chaincode, ...top } = parseTopology(labTopology);
    const sections = { policies, batch, bft, chaincode };
    for (const [name, values] of Object.entries(sections)) {
      for (const [field, value] of Object.entries(values)) {
        // The lab chooses its own port, and TLS goes by the engine.
        if (typeof value === 'boolean' || field === 'port') continue;
        expect(section(name), `${name}.${field}`).to.include(String(value));
      }
    }
    expect(page).to.match(new RegExp(`\\| \`certificateDays\` +\\| \`${top.certificateDays}\``));
  });

  it('says where native ports come from as it is', () => {
    const departments = labTopology.departments.map((each, index) => ({
      ...each,
      ports: { peer: 7000 + index, ...(index === 0 ? { orderer: 6000 } : {}) },
    }));
    const native: TopologyInput = { ...labTopology, engine: 'fabric', departments };
    const [first] = parseTopology(native).departments;
    const { peer, orderer, ...derived } = first?.ports ?? { peer: 0 };
    expect(orderer).to.equal(6000);
    for (const [name, port] of Object.entries(derived)) {
      expect(page, name).to.match(new RegExp(`\`${name}\` \\+ ${(port ?? 0) - peer}`));
    }
    expect(Object.keys(derived)).to.have.length(5);
  });
});
