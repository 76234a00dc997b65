import { byId, choices, element, setText } from './dom.js';
import { CUSTOMERS, FEATURES, MODES } from './features.js';
import { seconds } from './format.js';

const CHUNKS_BEFORE_CANCELLATION = 4;
const DELAY_BEFORE_CANCELLATION = 50;

let feature = FEATURES[0];
let customer = CUSTOMERS[0].name;
let mode = MODES[0];
let running = null;
let sources = {};

/** Sets up "Try it". The sources are shown later. */
export function tryIt() {
  choices(byId('features'), 'feature', FEATURES, (name) => {
    feature = FEATURES.find((candidate) => candidate.name === name);
    showFeature();
  });
  choices(byId('customers'), 'customer', CUSTOMERS, (name) => {
    customer = name;
  });
  choices(byId('modes'), 'mode', MODES, (name) => {
    mode = MODES.find((candidate) => candidate.name === name);
    showMode();
  });
  byId('try').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  byId('cancel').addEventListener('click', () => running?.abort());
  showFeature();
}

/** Shows the source of the features' methods from now on. */
export function showSources(methods) {
  sources = methods;
  showSource();
}

/** Hides the modes that only the stand-in for the model understands. */
export function hideSimulations() {
  for (const { name } of MODES.filter(({ addition }) => addition)) {
    byId(`mode-${name}`).parentElement.hidden = true;
  }
}

function showFeature() {
  byId('prompt').value = feature.prompt;
  setText('feature-note', feature.note);
  byId('customers').hidden = !feature.hasCustomer;
  showSource();
  showMode();
}

function showSource() {
  byId('source').replaceChildren(...(sources[feature.name] ?? '').split('\n').map((line) =>
    element('span', { className: line.startsWith('@') ? 'annotation' : 'line' }, ...breakable(line))));
}

/** Lets long lines break before a chained call. */
function breakable(line) {
  return line.split(/(?=\.\w+\()/).flatMap((part, index) => (index > 0) ? [element('wbr'), part] : [part]);
}

function showMode() {
  setText('mode-note', (!feature.streams && mode.noteIfBlocking) || mode.note);
}

async function send() {
  const request = new AbortController();
  const start = performance.now();
  running = request;
  began();
  try {
    const response = await ask(request);
    if (!response.ok) {
      throw new Error((await response.json()).detail ?? `HTTP ${response.status}`);
    }
    await read(response, request);
    setText('progress', `Done in ${seconds(start)}`);
  }
  catch (error) {
    setText('progress', request.signal.aborted ? `Cancelled after ${seconds(start)}` : `Failed after ${seconds(start)}`);
    if (!request.signal.aborted) {
      byId('answer').append(element('span', { className: 'failure', text: error.message }));
    }
  }
  finally {
    ended();
  }
}

function ask(request) {
  const query = new URLSearchParams({ [feature.parameter]: byId('prompt').value + (mode.addition ?? '') });
  if (feature.hasCustomer) {
    query.set('customer', customer);
  }
  if (mode.name === 'cancelled' && !feature.streams) {
    setTimeout(() => request.abort(), DELAY_BEFORE_CANCELLATION);
  }
  return fetch(`${feature.path}?${query}`, { headers: { Accept: 'text/plain, application/problem+json' }, signal: request.signal });
}

/** Shows the answer as it arrives. */
async function read(response, request) {
  const words = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let chunks = 1; ; chunks++) {
    const { done, value } = await words.read();
    if (done) {
      return;
    }
    byId('answer').append(value);
    if (mode.name === 'cancelled' && chunks >= CHUNKS_BEFORE_CANCELLATION) {
      request.abort();
    }
  }
}

function began() {
  byId('answer').replaceChildren();
  byId('answer').setAttribute('aria-busy', 'true');
  byId('send').disabled = true;
  byId('cancel').disabled = false;
  setText('progress', 'Waiting for the model …');
}

function ended() {
  byId('answer').setAttribute('aria-busy', 'false');
  byId('send').disabled = false;
  byId('cancel').disabled = true;
  running = null;
}
