import { byId, choices, setText } from './dom.js';
import * as format from './format.js';

const ENDPOINT = 'actuator/llmtrack';
const INTERVAL = 1000;
const MEMORY = 5000;

const ANSWERS = [
  { name: 'usual', label: 'accepts events' },
  { name: '500', label: 'fails: 500' },
  { name: '401', label: 'refuses the key: 401' },
  { name: '402', label: 'plan used up: 402' },
  { name: 'slow', label: 'is slow: 5 s' },
  { name: 'none', label: 'does not answer' }
];

let forgetting;

/** Sets up "Break it". */
export function breakIt() {
  choices(byId('answers'), 'answer', ANSWERS, (answer) => change(`demo/answer/${answer}`, 'PUT', 'Send a request now'));
  byId('request').addEventListener('click', sendRequest);
}

/** Selects the answer that LLMtrack was set to before this page was opened. */
export function showAnswer(answer) {
  byId(`answer-${answer}`).checked = true;
}

/** Keeps the state of delivery up to date, and passes each report to a listener. */
export function watch(listener) {
  byId('resume').addEventListener('click', () => change(`${ENDPOINT}/resume`, 'POST', 'Trying again'));
  const update = async () => {
    if (!document.hidden) {
      await report(listener);
    }
    setTimeout(update, INTERVAL);
  };
  update();
}

async function report(listener) {
  try {
    const response = await fetch(ENDPOINT);
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    const answer = await response.json();
    show(answer);
    listener(answer);
  }
  catch (error) {
    setText('state', 'unknown');
    byId('state').className = 'badge';
    setText('meaning', `The application does not answer (${error.message})`);
    setText('remedy', '');
  }
}

function show({ delivery, events, problems }) {
  const active = delivery.state === 'active';
  setText('state', delivery.state);
  byId('state').className = `badge ${active ? 'success' : 'error'}`;
  setText('meaning', `${delivery.meaning}, since ${format.time(delivery.since)}`);
  setText('remedy', delivery.remedy || 'There is nothing to do.');
  byId('resume').disabled = active;
  setText('pending', format.number(events.pending));
  setText('in-flight', format.number(events.inFlight));
  setText('retries', format.number(events.retries));
  setText('delivered', format.number(events.delivered));
  setText('dropped', format.number(Object.values(events.dropped).reduce((one, other) => one + other, 0)));
  setText('problem', (problems.length > 0) ? `Last problem, ${format.time(problems[0].time)}: ${problems[0].problem}`
    : 'No problem so far.');
}

async function change(path, method, text) {
  await say(fetch(path, { method }), text);
}

async function sendRequest() {
  await say(fetch('summary'), 'The model answered as usual');
}

/** Shows the result of a request for a few seconds. */
async function say(request, text) {
  try {
    const response = await request;
    setText('break-progress', response.ok ? text : `HTTP ${response.status}`);
  }
  catch (error) {
    setText('break-progress', error.message);
  }
  clearTimeout(forgetting);
  forgetting = setTimeout(() => setText('break-progress', ''), MEMORY);
}
