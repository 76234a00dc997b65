import { byId, element, setText, svg } from './dom.js';

const STATUSES = ['success', 'error', 'timeout', 'cancelled'];

/** A row per feature or customer, with bars for tokens and cost. */
export function drawUsage(id, rows, { number, dollars }) {
  const most = { tokens: max(rows, 'tokens'), cost: max(rows, 'cost') };
  byId(id).tBodies[0].replaceChildren(...rows.map(({ name, tokens, cost }) => element('tr', {},
    element('th', { scope: 'row', text: name, title: name }),
    bar(tokens, most.tokens, 'tokens', number(tokens || null)),
    bar(cost, most.cost, 'cost', dollars(cost || null)))));
}

/** A row per status, also for those without requests. */
export function drawStatuses(counts, { number }) {
  const most = Math.max(1, ...Object.values(counts));
  byId('by-status').tBodies[0].replaceChildren(...STATUSES.map((status) => element('tr', {},
    element('th', { scope: 'row' }, element('span', { className: `badge ${status}`, text: status })),
    bar(counts[status] ?? 0, most, status, number(counts[status] ?? 0)))));
}

/** A column per minute, the current one last. */
export function drawMinutes(counts) {
  const chart = byId('minutes').querySelector('svg');
  const most = Math.max(4, ...counts);
  const width = 300 / counts.length;
  setText('most-per-minute', `maximum ${Math.max(...counts)}`);
  chart.setAttribute('aria-label', `Requests in each of the last ${counts.length} minutes: ${counts.join(', ')}`);
  chart.replaceChildren(...counts.flatMap((count, index) => {
    const height = (count > 0) ? Math.max(3, 70 * count / most) : 0;
    const x = index * width + 2;
    return [
      svg('rect', { className: 'track', x, y: 0, width: width - 4, height: 72 }),
      svg('rect', { className: 'fill tokens', x, y: 72 - height, width: width - 4, height }, svg('title', { text: `${count}` }))
    ];
  }));
}

function bar(value, most, kind, text) {
  const share = (most > 0) ? 100 * value / most : 0;
  return element('td', {},
    element('div', { className: 'bar' },
      svg('svg', { 'aria-hidden': 'true', focusable: 'false' },
        svg('rect', { className: 'track', width: '100%', height: '100%', rx: 3 }),
        svg('rect', { className: `fill ${kind}`, width: `${share}%`, height: '100%', rx: 3 })),
      element('span', { text })));
}

function max(rows, name) {
  return Math.max(0, ...rows.map((row) => row[name] ?? 0));
}
