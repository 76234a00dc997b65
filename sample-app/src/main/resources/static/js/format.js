const NUMBER = new Intl.NumberFormat('en');
const TIME = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

export const UNKNOWN = '–';

export function number(value) {
  return (value === null || value === undefined) ? UNKNOWN : NUMBER.format(value);
}

/** The same number of digits for all small costs. */
export function dollars(value) {
  return (value === null || value === undefined) ? UNKNOWN : `$${value.toFixed((value < 1) ? 6 : 2)}`;
}

export function time(value) {
  return TIME.format(new Date(value));
}

export function milliseconds(value) {
  return (value === null || value === undefined) ? UNKNOWN : `${NUMBER.format(value)} ms`;
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
