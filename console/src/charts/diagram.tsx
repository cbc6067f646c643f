import type { ReactNode } from 'react';
import { placed, type Following, type Place } from './placed.js';

export type NodeStatus = 'done' | 'late' | 'now' | 'waiting' | 'passed';

export interface DiagramNode extends Following {
  readonly status: NodeStatus;
  readonly title: ReactNode;
  readonly lines: readonly ReactNode[];
}

const box = { width: 164, height: 92 };
const gap = { x: 28, y: 16 };
const left = ({ column }: Place): number => column * (box.width + gap.x) + 2;
const top = ({ row }: Place): number => row * (box.height + gap.y) + 2;

interface DiagramProps {
  readonly label: string;
  readonly nodes: readonly DiagramNode[];
}

/** What follows what: parallel steps stand under each other, what follows stands behind. */
export function Diagram({ label, nodes: given }: DiagramProps) {
  const nodes = placed(given);
  const width = Math.max(...nodes.map(left)) + box.width + 4;
  const height = Math.max(...nodes.map(top)) + box.height + 4;
  const whole = `0 0 ${String(width)} ${String(height)}`;
  return (
    <div className="scrolled" tabIndex={0} role="group" aria-label={label}>
      <svg width={width} height={height} viewBox={whole} className="flow">
        {nodes.flatMap((node) =>
          node.after.map((id) => {
            const from = nodes.find((one) => one.id === id);
            return from === undefined ? null : (
              <path key={`${id} ${node.id}`} d={line(from, node)} className="flow-line" />
            );
          }),
        )}
        {nodes.map((node) => (
          <foreignObject key={node.id} x={left(node)} y={top(node)} {...box}>
            <Step node={node} />
          </foreignObject>
        ))}
      </svg>
    </div>
  );
}

function line(from: Place, to: Place): string {
  const [x, y] = [left(from) + box.width, top(from) + box.height / 2];
  const [endX, endY] = [left(to), top(to) + box.height / 2];
  const middle = endX - gap.x / 2;
  return `M${String(x)} ${String(y)} H${String(middle)} V${String(endY)} H${String(endX)}`;
}

function Step({ node: { id, status, title, lines } }: { readonly node: DiagramNode }) {
  return (
    <div className={`flow-step ${status}`} data-status={status} data-step={id}>
      <strong>{title}</strong>
      {lines.map((one, index) => (
        <span key={index}>{one}</span>
      ))}
    </div>
  );
}
