import { drawMinutes, drawStatuses, drawUsage } from './charts.js';
import { byId, element, setText } from './dom.js';
import * as format from './format.js';

const SHOWN = 200;
const NEW = 2000;

/** Shows an event that the stand-in received, above the others. */
export function showEvent({ time, cost, event }) {
  const rows = byId('events').tBodies[0];
  const json = element('button', { type: 'button', className: 'plain', text: 'JSON', 'aria-label': 'Event as JSON' });
  json.addEventListener('click', () => showJson(event));
  const isNew = Date.now() - Date.parse(time) < NEW;
  rows.prepend(element('tr', { className: isNew ? 'arrived' : 'known' },
    cell('time', format.time(time)),
    element('td', { className: 'feature' },
      element('span', { text: event.metadata?.feature ?? 'unknown' }),
      element('small', { text: [event.customer_id, event.provider, event.model].filter(Boolean).join(' · ') })),
    element('td', { className: 'number tokens', title: tokens(event) },
      element('span', { text: format.number(event.total_tokens) }),
      element('small', { text: format.dollars(cost) })),
    cell('number latency', format.milliseconds(event.latency_ms)),
    element('td', { className: 'status' }, element('span', { className: `badge ${event.status}`, text: event.status })),
    element('td', { className: 'json' }, json)));
  if (rows.rows.length > SHOWN) {
    rows.lastElementChild.remove();
  }
}

export function clearEvents() {
  byId('events').tBodies[0].replaceChildren();
}

/** Shows the stand-in's totals. */
export function showTotals({ features, customers, statuses, perMinute }) {
  show(rows(features), statuses);
  drawUsage('by-customer', rows(customers), format);
  setText('total-minute', format.number(perMinute.at(-1)));
  drawMinutes(perMinute);
}

/** Shows the actuator endpoint's totals, if there is no stand-in. */
export function showActuatorTotals(totals) {
  const features = new Map();
  const statuses = {};
  for (const { feature, status, requests, totalTokens, cost } of totals) {
    const sums = features.get(feature) ?? { name: feature ?? 'unknown', requests: 0, tokens: 0, cost: null };
    sums.requests += requests;
    sums.tokens += totalTokens;
    sums.cost = (cost === null || cost === undefined) ? sums.cost : (sums.cost ?? 0) + cost;
    features.set(feature, sums);
    statuses[status] = (statuses[status] ?? 0) + requests;
  }
  show([...features.values()].sort((one, other) => one.name.localeCompare(other.name)), statuses);
}

function show(features, statuses) {
  const costs = features.map(({ cost }) => cost).filter((cost) => cost !== null);
  setText('total-requests', format.number(sum(features.map(({ requests }) => requests))));
  setText('total-tokens', format.number(sum(features.map(({ tokens }) => tokens))));
  setText('total-cost', format.dollars((costs.length > 0) ? sum(costs) : null));
  drawUsage('by-feature', features, format);
  drawStatuses(statuses, format);
}

function rows(sums) {
  return Object.entries(sums).map(([name, used]) => ({ name, ...used }));
}

function showJson(event) {
  setText('event-json', JSON.stringify(event, null, 2));
  byId('event-dialog').showModal();
}

function tokens({ prompt_tokens: prompt, completion_tokens: completion }) {
  return `${format.number(prompt)} prompt, ${format.number(completion)} completion`;
}

function cell(className, text) {
  return element('td', { className, text });
}

function sum(values) {
  return values.reduce((one, other) => one + other, 0);
}
