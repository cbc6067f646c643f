import { readDemoData, type DemoData } from '@yici/client/testing';
import type { TopologyInput } from '@yici/network/testing';
import { nativeDepartments, nativeTopology } from '../../support/fabric-network.js';

/** No. 4 of the demo, 用编核准: what the load files. */
export const filedMatter = 'YC33110000000004';

/** Whose gateway the clients use. */
export const gatewayDepartment = 'data';

/** Who has a gateway of its own, with another clock, where a case needs one. */
export const ownClockDepartment = 'establishment';

/** The fewest departments that tolerate one gone, each with an orderer, a peer and a chaincode; one has a gateway. */
export function faultTopology(
  change: (
    department: TopologyInput['departments'][number],
    index: number,
  ) => TopologyInput['departments'][number] = (department) => department,
): TopologyInput {
  const topology = nativeTopology({ channel: 'faults' });
  const departments = topology.departments.map((department, index) => {
    const { id, users = [] } = department;
    const more =
      id === gatewayDepartment
        ? [
            { name: `${id}.gateway`, role: 'gateway' as const },
            // Who publishes the department's own data sets, which neither their drafter nor their approver may.
            { name: `${id}.clerk2`, role: 'clerk' as const },
            { name: `${id}.service1`, role: 'service' as const },
          ]
        : id === ownClockDepartment
          ? [{ name: `${id}.service1`, role: 'service' as const }]
          : [];
    return change({ ...department, users: [...users, ...more] }, index);
  });
  return { ...topology, departments };
}

/** What of the demo's data these departments need: themselves, the calendars, and the matter that the load files. */
export async function faultData(): Promise<DemoData> {
  const all = await readDemoData();
  const ours = (id: string) => nativeDepartments.some((each) => each === id);
  return {
    departments: all.departments.filter(({ id }) => ours(id)),
    calendars: all.calendars,
    duties: all.duties.filter(({ department }) => ours(department)),
    datasets: all.datasets.filter(({ source }) => ours(source)),
    matters: all.matters
      .filter(({ input }) => input.taskCode === filedMatter)
      .map((matter) => withoutOthers(matter, ours)),
    oneThings: [],
  };
}

/** The matter without the steps of departments that are not here; its steps run in parallel, so none waits for them. */
function withoutOthers(
  matter: DemoData['matters'][number],
  ours: (id: string) => boolean,
): DemoData['matters'][number] {
  const flow = matter.input.flow.filter(({ department }) => ours(department));
  return { ...matter, input: { ...matter.input, flow } };
}
