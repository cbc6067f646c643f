import type { ReactNode } from 'react';
import { useWords } from '../words/language.js';
import { placed, type Following, type Place } from './placed.js';

export type NodeStatus = 'done' | 'late' | 'now' | 'waiting' | 'passed';

export interface DiagramNode extends Following {
  readonly status: NodeStatus;
  readonly title: ReactNode;
  readonly lines: readonly ReactNode[];
}

/** Seven of them, as most cases have, stand side by side on an official's screen. English takes more lines. */
const box = { width: 150, zh: 92, en: 136 };
const gap = { x: 18, y: 16 };
const left = ({ column }: Place): number => column * (box.width + gap.x) + 2;

interface DiagramProps {
  readonly label: string;
  readonly nodes: readonly DiagramNode[];
}

/** What follows what: parallel steps stand under each other, what follows stands behind. */
export function Diagram({ label, nodes: given }: DiagramProps) {
  const { language } = useWords();
  const tall = box[language];
  const top = ({ row }: Place): number => row * (tall + gap.y) + 2;
  const nodes = placed(given);
  const width = Math.max(...nodes.map(left)) + box.width + 4;
  const height = Math.max(...nodes.map(top)) + tall + 4;
  const whole = `0 0 ${String(width)} ${String(height)}`;
  return (
    <div className="scrolled" tabIndex={0} role="group" aria-label={label}>
      <svg width={width} height={height} viewBox={whole} className="flow">
        {nodes.flatMap((node) =>
          node.after.map((id) => {
            const from = nodes.find((one) => one.id === id);
            return from === undefined ? null : (
              <path
                key={`${id} ${node.id}`}
                d={line([left(from), top(from)], [left(node), top(node)], tall)}
                className="flow-line"
              />
            );
          }),
        )}
        {nodes.map((node) => (
          <foreignObject key={node.id} x={left(node)} y={top(node)} width={box.width} height={tall}>
            <Step node={node} />
          </foreignObject>
        ))}
      </svg>
    </div>
  );
}

type Point = readonly [x: number, y: number];

function line([x, y]: Point, [endX, endY]: Point, tall: number): string {
  const [begin, middle] = [x + box.width, endX - gap.x / 2];
  const [from, to] = [y + tall / 2, endY + tall / 2];
  return `M${String(begin)} ${String(from)} H${String(middle)} V${String(to)} H${String(endX)}`;
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
