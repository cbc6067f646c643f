export interface Following {
  readonly id: string;
  readonly after: readonly string[];
}

export interface Place {
  /** Counted from the left, and from above. */
  readonly column: number;
  readonly row: number;
}

/** Each node one column behind the last of those that it follows; what stands in no list or follows itself is passed over. */
export function placed<N extends Following>(nodes: readonly N[]): readonly (N & Place)[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const columnOf = (id: string, seen: readonly string[]): number => {
    const node = known.get(id);
    if (node === undefined || seen.includes(id)) return -1;
    return Math.max(-1, ...node.after.map((before) => columnOf(before, [...seen, id]))) + 1;
  };
  const rows = new Map<number, number>();
  return nodes.map((node) => {
    const column = columnOf(node.id, []);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return { ...node, column, row };
  });
}
