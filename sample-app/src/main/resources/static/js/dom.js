// All text is set as textContent, so it cannot become markup

const SVG = 'http://www.w3.org/2000/svg';

export function byId(id) {
  return document.getElementById(id);
}

export function element(name, { className, text, ...attributes } = {}, ...children) {
  return fill(document.createElement(name), className, text, attributes, children);
}

export function svg(name, { className, text, ...attributes } = {}, ...children) {
  return fill(document.createElementNS(SVG, name), className, text, attributes, children);
}

/** Sets a text, but only if it changes, so that screen readers don't repeat it. */
export function setText(id, text) {
  const target = byId(id);
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Radio buttons with the first one checked; passes the name of the chosen one to a callback. */
export function choices(fieldset, group, options, onChoice) {
  for (const { name, label } of options) {
    const input = element('input', { type: 'radio', name: group, value: name, id: `${group}-${name}` });
    input.checked = (name === options[0].name);
    input.addEventListener('change', () => onChoice(name));
    fieldset.append(element('label', { className: 'choice', for: input.id }, input, element('span', { text: label })));
  }
}

function fill(target, className, text, attributes, children) {
  if (className) {
    target.setAttribute('class', className);
  }
  if (text !== undefined) {
    target.textContent = text;
  }
  for (const [name, value] of Object.entries(attributes)) {
    target.setAttribute(name, value);
  }
  target.append(...children);
  return target;
}
