import { byId, element } from './dom.js';
import { time as timeOf } from './format.js';

const SHOWN = 100;

/** Adds a line to the log, and keeps it scrolled to the end unless the user has scrolled up. */
export function showLine({ time, level, message }) {
  const log = byId('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  log.append(element('li', {},
    element('span', { className: 'time', text: timeOf(time) }),
    element('span', { className: `level ${level.toLowerCase()}`, text: level }),
    element('span', { text: message })));
  if (log.children.length > SHOWN) {
    log.firstElementChild.remove();
  }
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
}

export function clearLog() {
  byId('log').replaceChildren();
}
